using System.Buffers.Binary;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <summary>The shell of a <see cref="ConnectionState"/>, and the server's end of its peer's socket.</summary>
internal sealed class SimConnection : SimActor, IConnectionEffects
{
    public static readonly object CloseMessage = new();
    public static readonly object BreakMessage = new();
    private static readonly object WrittenMessage = new();
    private static readonly object WriteDoneMessage = new();
    private static readonly object DropMessage = new();
    private static readonly object WakeMessage = new();
    private const long CloseTimeout = 2_000;
    private readonly SimNode _node;
    private readonly ConnectionUid _uid;
    private readonly ConnectionState _state;
    private readonly Queue<byte[]?> _inbox = new(); // null: the peer's close frame
    private readonly Queue<byte[]> _handed = new();
    private readonly ConnectionWatch _watch;
    private SimAlarm _alarm = SimAlarm.Off;
    private LinkFrame? _frame;
    private long _written;
    private bool _writtenIsDue;
    private bool _stopped;

    public SimConnection(SimNode node, SimPeer peer)
    {
        (_node, Peer) = (node, peer);
        _uid = new ConnectionUid(node.Uid, node.Register(this));
        _state = new ConnectionState(_uid, peer.App, new PeerRights { Owner = peer.Owner }, this);
        Memory = new MemoryCheck(this);
        _watch = new ConnectionWatch(this);
    }

    public override SimNode Node => _node;

    public SimPeer Peer { get; }

    public ConnectionUid Uid => _uid;

    public MemoryCheck Memory { get; }

    public SimSocket Socket => Peer.Socket;

    public bool HasClosed { get; private set; }

    private World World => _node.World;

    public override string ToString() => $"{Peer} ({_uid.Node}.{_uid.Number})";

    public override void Handle(object? message, long number)
    {
        if (_stopped)
        {
            // Letters that came before the number was withdrawn get the answer that later ones get.
            if (message is ILetter late)
                _node.Handle(late, _uid.Number);
            return;
        }

        if (ReferenceEquals(message, SimAlarm.Message) && !_alarm.Rings(number))
            return;

        Take(message);
        Pump();
        Settle();
    }

    public void CompleteLater(long delay) => World.Timeline.Add(World.Now + delay, this, WriteDoneMessage, 0);

    /// <summary>The socket has written something; the connection hears of it as of any message.</summary>
    public void HasWritten()
    {
        if (_writtenIsDue || _stopped)
            return;

        _writtenIsDue = true;
        World.Timeline.Add(World.Now, this, WrittenMessage, 0);
    }

    /// <summary>The process runs again: what waited for the transport may have room by now.</summary>
    public void Wakes() => World.Timeline.Add(World.Now, this, WakeMessage, 0);

    /// <summary>The process ends.</summary>
    public void NodeEnds()
    {
        Socket.Break();
        Peer.NodeEnded();
    }

    public void Write(ReadOnlyMemory<byte> frame)
    {
        var bytes = frame.Span;
        if (World.Trace is not null)
            World.Note($"{this} writes {Brief.Of(bytes)}");
        Memory.Waits(Socket.Waiting + bytes.Length, bytes.Length);
        if (bytes[0] == (byte)EventType.ReliableMessageReceived)
        {
            var id = BinaryPrimitives.ReadInt16LittleEndian(bytes[2..]);
            var from = World.Links[BinaryPrimitives.ReadInt32LittleEndian(bytes[FrameHeader.DataOffset..])];
            var sequence = BinaryPrimitives.ReadInt32LittleEndian(bytes[(FrameHeader.DataOffset + 4)..]);
            if (BinaryPrimitives.ReadInt32LittleEndian(bytes[^4..]) != (from.Index ^ sequence))
                throw new InvariantException("I2", $"number {sequence} of {from} was damaged on its way to {this}.");
            var link = Peer.LinkOf(id);
            link.Take(from, sequence);
            HoldUpCheck.Check(World, from, link, sequence);
            Socket.Send(bytes.Length, from, new SentName(_frame!.Link, _frame.Number), default);
            return;
        }

        Socket.Send(bytes.Length, null, default, Peer.Written(bytes));
    }

    public void Request(IAddressRequest request)
    {
        _watch.Requests(request);
        if (World.Trace is not null)
            World.Note($"{this} requests {Brief.Of(request)}");
        _node.Region.Request(_uid.Number, request);
    }

    public void Tell(ConnectionUid to, ILetter letter)
    {
        _watch.Tells(to, letter);
        _node.Post(_uid.Number, to.Node, to.Number, letter);
    }

    public void Tell(AddressUid to, ILetter letter)
    {
        _watch.Tells(to, letter);
        _node.Post(_uid.Number, to.Node, to.Number, letter);
    }

    public void GiveBack(string key, ReservationName name) => _node.TellNode(new GivenBack(key, name));

    public void Consumed(int bytes)
    {
        var message = _handed.Dequeue();
        if (message.Length != bytes)
            throw new InvariantException("I5", $"{this} has dealt with {bytes} bytes where {message.Length} are next.");
        Memory.Consumed(bytes);
        Peer.Handled(message);
    }

    public void Ignored(IgnoredMessage reason)
    {
    }

    public void Happened(in PeerStep step)
    {
        // Who runs the service is told; nothing comes of it.
    }

    public void Refused(Refusal reason) => throw new InvariantException("I7", $"{this} was refused something for {reason}.");

    public void CloseSocket()
    {
        if (!HasClosed)
            throw new InvariantException("I2", $"{this} closes the socket of a peer that has not closed it.");
        Peer.LinksEnd();
        World.Timeline.Add(World.Now + CloseTimeout, this, DropMessage, 0);
    }

    public void Break(BrokenLink link)
    {
        _watch.Breaks(link);
        _node.TellNode(new LinkBroken(link));
    }

    public void Stop()
    {
        _stopped = true;
        _node.Unregister(_uid.Number);
        _node.TellNode(new ConnectionEnded(_uid, []));
        Socket.Break();
    }

    private void Take(object? message)
    {
        switch (message)
        {
            case byte[] said:
                _inbox.Enqueue(said);
                break;
            case ILetter letter:
                _frame = letter as LinkFrame;
                _watch.Hears(letter);
                Peer.MakesWay = letter is Revoked;
                _state.Receive(letter, _node.Now);
                Peer.MakesWay = false;
                break;
            case NodeRemoved removed:
                _state.NodeRemoved(removed.Node, _node.Now);
                break;
            case NodeLost:
                break;
            case null:
                break;
            default:
                TakeMark(message);
                break;
        }
    }

    private void TakeMark(object mark)
    {
        if (ReferenceEquals(mark, SimAlarm.Message) && _node.Now >= _state.Due)
            _state.Tick(_node.Now);
        else if (ReferenceEquals(mark, WriteDoneMessage))
            Socket.WriteIsDone();
        else if (ReferenceEquals(mark, WakeMessage))
            Socket.Write();
        else if (ReferenceEquals(mark, CloseMessage))
            _inbox.Enqueue(null);
        else if (ReferenceEquals(mark, BreakMessage))
            PeerBroke();
        else if (ReferenceEquals(mark, DropMessage) && !Socket.IsBroken)
            Socket.Break();
    }

    /// <summary>Hands the connection what the peer has said, as far as it may have undone at once.</summary>
    private void Pump()
    {
        while (!_stopped && Memory.HasCredit && _inbox.TryDequeue(out var said))
        {
            if (said is null)
            {
                PeerCloses();
                continue;
            }

            if (World.Trace is not null)
                World.Note($"{this} reads {Brief.Of(said)}");
            Memory.Handed(said.Length);
            Peer.HandedOver(said);
            _handed.Enqueue(said);
            _state.Receive(said, _node.Now);
        }

        if (!Memory.HasCredit)
            World.Met(Met.PeerKeptWaiting);
    }

    private void PeerBroke()
    {
        _inbox.Clear();
        if (!Socket.IsBroken)
            Socket.Break();
        PeerCloses();
    }

    private void PeerCloses()
    {
        if (HasClosed)
            return;

        HasClosed = true;
        World.Note($"{this} is closed by its peer");
        Peer.CloseIsHandled();
        _state.PeerClosed(_node.Now);
    }

    private void Settle()
    {
        _writtenIsDue = false;
        while (!_stopped && Socket.Written != _written)
        {
            _written = Socket.Written;
            _state.Written(_written, _node.Now);
            Pump();
        }

        _frame = null;
        if (!_stopped)
            _alarm.Set(_state.Due, this, _node);
    }
}
