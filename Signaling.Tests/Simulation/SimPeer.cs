using System.Buffers.Binary;
using Signaling.Actors.Connections;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <summary>
/// A peer that does as it likes, without waiting for answers, and checks that what it gets is what the wire protocol
/// allows: every request answered once, in order, and links that open once and close once.
/// </summary>
internal sealed class SimPeer
{
    private const int LargeFrame = 70_000;
    private readonly World _world;
    private readonly SimConnection _connection;
    private readonly string _name;
    private readonly List<PeerLink> _links;
    private readonly Dictionary<short, PeerLink> _current = [];
    private readonly Queue<Asked> _asked = new();
    private readonly List<PeerLink> _lives = [];
    private bool _holding;

    public SimPeer(World world, App app, string name, List<PeerLink> links)
    {
        _world = world;
        _name = name;
        _links = links;
        _connection = world.Connect(app, this);
    }

    private enum Kind
    {
        Listen,
        Release,
        Connect,
        Heartbeat,
    }

    public bool IsClosed { get; private set; }

    public IEnumerable<PeerLink> OpenLinks => _current.Values.Where(link => link.IsOpen && !link.ClosedHere);

    public override string ToString() => _name;

    /// <summary>
    /// Whether a link may be asked for under an id. A peer that reuses one before it knows the old link's fate can't tell
    /// what its data belong to, so these don't.
    /// </summary>
    public bool IsFree(short id) => !(_current.TryGetValue(id, out var link) && link.IsOpen) && _asked.All(asked => asked.Id != id);

    public void Listen(string address) => Ask(new Asked(Kind.Listen, address, 0), Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));

    public void Release() => Ask(new Asked(Kind.Release, "", 0), Frame.Of(EventType.ServerClosed, FrameHeader.NoId));

    public void Heartbeat() => Ask(new Asked(Kind.Heartbeat, "", 0), Frame.Heartbeat());

    public void Connect(short id, string address) => Ask(new Asked(Kind.Connect, address, id), Frame.Of(EventType.NewConnection, id, address));

    public void Send(PeerLink link)
    {
        var large = _world.Random.Next(20) == 0;
        var data = new byte[large ? LargeFrame : 8];
        BinaryPrimitives.WriteInt32LittleEndian(data, _links.IndexOf(link));
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4), link.NextToSend());
        _connection.Send(Frame.Of(EventType.ReliableMessageReceived, link.Id, data));
    }

    public void Disconnect(PeerLink link)
    {
        link.ClosedHere = true;
        _connection.Send(Frame.Of(EventType.Disconnected, link.Id));
    }

    public void SendGarbage(byte[] bytes) => _connection.Send(bytes);

    public void Close()
    {
        IsClosed = true;
        foreach (var link in _lives)
            link.ClosedHere = true;
        _connection.Close();
    }

    public void Receive(byte[] message)
    {
        if (IsClosed)
            return;
        if (message is [(byte)EventType.MetaHeartbeat])
        {
            Answered(Kind.Heartbeat);
            return;
        }

        if (!FrameHeader.TryRead(message, out var header))
            throw new InvariantException($"{this} got {Convert.ToHexString(message)}.");
        switch (header.Type)
        {
            case EventType.ServerInitialized or EventType.ServerInitFailed:
                TakeListenAnswer(header, message);
                break;
            case EventType.ServerClosed:
                TakeReleased();
                break;
            case EventType.NewConnection when header.Id >= 16384:
                Open(header.Id);
                break;
            case EventType.NewConnection:
                Answered(Kind.Connect, header.Id);
                Open(header.Id);
                break;
            case EventType.ConnectionFailed:
                Answered(Kind.Connect, header.Id);
                break;
            case EventType.Disconnected:
                LinkOf(header.Id).Close();
                break;
            case EventType.ReliableMessageReceived:
                var data = message.AsSpan(FrameHeader.DataOffset);
                LinkOf(header.Id).Take(_links[BinaryPrimitives.ReadInt32LittleEndian(data)], BinaryPrimitives.ReadInt32LittleEndian(data[4..]));
                break;
            default:
                throw new InvariantException($"{this} got {header}.");
        }
    }

    /// <summary>All is quiet: every request has been answered.</summary>
    public void CheckAtRest()
    {
        if (IsClosed)
            return;
        while (_asked.TryDequeue(out var asked))
            CheckSilence(asked);
    }

    private void Ask(Asked asked, byte[] message)
    {
        _asked.Enqueue(asked);
        _connection.Send(message);
    }

    private void TakeListenAnswer(FrameHeader header, byte[] message)
    {
        var asked = Answered(Kind.Listen);
        var address = Frame.ReadString(message, header);
        if (_holding || header.Id != FrameHeader.NoId || !string.Equals(asked.Address, address, StringComparison.Ordinal))
            throw new InvariantException($"{this} asked for '{asked.Address}' and got {header} '{address}'.");
        _holding = header.Type == EventType.ServerInitialized;
    }

    private void TakeReleased()
    {
        if (!_holding)
            throw new InvariantException($"{this} got a 5 and holds nothing.");
        while (_asked.TryPeek(out var asked) && asked.Kind is not (Kind.Listen or Kind.Release))
            CheckSilence(_asked.Dequeue());
        if (_asked.Peek().Kind == Kind.Release)
            _asked.Dequeue();
        _holding = false;
    }

    private Asked Answered(Kind kind, short id = 0)
    {
        while (_asked.TryDequeue(out var asked))
        {
            if (asked.Kind == kind && asked.Id == id)
                return asked;
            CheckSilence(asked);
        }

        throw new InvariantException($"{this} got an answer to {kind} {id}, which it has not asked for.");
    }

    private void CheckSilence(Asked asked)
    {
        if (asked.Kind != Kind.Release || _holding)
            throw new InvariantException($"I6: {this} got no answer to {asked.Kind} '{asked.Address}' {asked.Id}.");
    }

    private void Open(short id)
    {
        if (_current.TryGetValue(id, out var before) && before.IsOpen)
            throw new InvariantException($"{this} got a 6 for {id}, which is open.");

        var link = new PeerLink(this, id);
        _current[id] = link;
        _links.Add(link);
        _lives.Add(link);
    }

    private PeerLink LinkOf(short id) =>
        _current.TryGetValue(id, out var link) ? link : throw new InvariantException($"{this} got a message for {id}, which it never had.");

    private sealed record Asked(Kind Kind, string Address, short Id);
}
