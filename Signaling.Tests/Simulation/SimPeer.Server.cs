using System.Buffers.Binary;
using Signaling.Actors.Connections;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <content>
/// What the server writes to the peer, at the moment it does: every request answered once, in order and in time, links that
/// open once and close once, one reservation at a time.
/// </content>
internal sealed partial class SimPeer
{
    private const long AnswerMargin = 750;
    private const short FirstIncoming = 16384;
    private readonly Queue<Asked> _saidRequests = new();
    private readonly Queue<Asked> _owed = new();
    private readonly Dictionary<short, PeerLink> _byId = [];
    private readonly HashSet<string> _held = [];

    /// <summary>The address that it holds, in the server's own words.</summary>
    public string? Holds { get; private set; }

    /// <summary>When it got that, in ms.</summary>
    public long HeldSince { get; private set; }

    /// <summary>Whether what its connection does now is to make way for another.</summary>
    public bool MakesWay { get; set; }

    /// <summary>The link that was opened to it last.</summary>
    public PeerLink? LastOpened { get; private set; }

    /// <summary>The link that it asks for with the message whose turn it is.</summary>
    public PeerLink? NextAsked
    {
        get
        {
            foreach (var asked in _owed)
            {
                if (asked.Kind == AskedKind.Connect && asked.TurnAt < 0)
                    return asked.Link;
            }

            return null;
        }
    }

    /// <summary>Whether it waits for an address.</summary>
    public bool AwaitsListen => _owed.TryPeek(out var asked) && asked.Kind == AskedKind.Listen;

    public bool HasHeld(string address) => _held.Contains(address);

    public PeerLink LinkOf(short id) =>
        _byId.TryGetValue(id, out var link) ? link : throw new InvariantException("I7", $"{this} is written data for {id}, which it never had.");

    /// <summary>The server hands the connection a message.</summary>
    public void HandedOver(byte[] message)
    {
        if (IsRequest(message))
            _owed.Enqueue(_saidRequests.Dequeue());
    }

    /// <summary>The server has dealt with a message, or begun to, if it is a request.</summary>
    public void Handled(byte[] message)
    {
        if (message.Length == 0)
            return;

        switch ((EventType)message[0])
        {
            case EventType.ReliableMessageReceived when message.Length >= FrameHeader.DataOffset + 12:
                var link = World.Links[BinaryPrimitives.ReadInt32LittleEndian(message.AsSpan(FrameHeader.DataOffset))];
                if (!link.IsOpened || link.IsOver)
                    break;
                link.Handle(World.Now);
                Connection.Memory.Sent(link, message.Length);
                break;
            case EventType.Disconnected when message.Length == FrameHeader.Length:
                if (_byId.TryGetValue(BinaryPrimitives.ReadInt16LittleEndian(message.AsSpan(2)), out var closed))
                    closed.IsClosedHere = true;
                break;
            case EventType.ServerInitialized or EventType.NewConnection:
                BeginTurn();
                break;
        }
    }

    /// <summary>The server comes to the end of what the peer has said.</summary>
    public void CloseIsHandled()
    {
        if (Holds is { } address)
            World.Holders.Left(Connection, address);
        Holds = null;
    }

    /// <summary>The server ends all links of a peer that has left: what still comes over them it drops.</summary>
    public void LinksEnd()
    {
        foreach (var (_, link) in _byId)
            link.Other?.OtherEnds();
    }

    public void NodeEnded() => Holds = null;

    /// <summary>The server writes a word of its own.</summary>
    public Word Written(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [(byte)EventType.MetaHeartbeat])
        {
            Answered(AskedKind.Heartbeat);
            return default;
        }

        if (!FrameHeader.TryRead(bytes, out var header))
            throw new InvariantException("I7", $"{this} is written {Convert.ToHexString(bytes)}.");
        var link = header.Type switch
        {
            EventType.ServerInitialized or EventType.ServerInitFailed => TakeListenAnswer(header, Frame.ReadString(bytes, header)),
            EventType.ServerClosed => TakeReleased(),
            EventType.NewConnection => Opens(header.Id),
            EventType.ConnectionFailed => Fails(header.Id),
            EventType.Disconnected => Closes(header.Id),
            _ => throw new InvariantException("I7", $"{this} is written {header}."),
        };
        return new Word(header.Type, link);
    }

    /// <summary>All is quiet: every request has been answered.</summary>
    public void CheckAnswered()
    {
        while (_owed.TryDequeue(out var asked))
            CheckSilence(asked);
    }

    private static bool IsRequest(byte[] message) => message is [(byte)EventType.MetaHeartbeat]
        || (message.Length >= FrameHeader.Length && (EventType)message[0] is EventType.ServerInitialized or EventType.ServerClosed or EventType.NewConnection);

    private void BeginTurn()
    {
        foreach (var asked in _owed)
        {
            if (asked.TurnAt >= 0 || asked.Kind is AskedKind.Release or AskedKind.Heartbeat)
                continue;

            (asked.TurnAt, asked.PausedBefore) = (World.Now, Connection.Node.PausedFor);
            if (asked.Kind == AskedKind.Listen)
                World.Takeovers.Asks(this, asked.Address);
            return;
        }
    }

    private PeerLink? TakeListenAnswer(FrameHeader header, string address)
    {
        var asked = Answered(AskedKind.Listen);
        if (Holds is not null || header.Id != FrameHeader.NoId || !string.Equals(asked.Address, address, StringComparison.Ordinal))
            throw new InvariantException("I7", $"{this} has asked for '{asked.Address}' and is written {header} '{address}'.");
        if (header.Type != EventType.ServerInitialized)
            return null;

        _held.Add(address);
        if (Connection.HasClosed)
            return null; // it is given back at once

        (Holds, HeldSince) = (address, World.Now);
        if (!App.AddressSharing)
            World.Holders.Took(Connection, address);
        return null;
    }

    private PeerLink? TakeReleased()
    {
        if (Holds is not { } address)
            throw new InvariantException("I7", $"{this} is written a 5 and holds nothing.");
        if (MakesWay)
            World.Takeovers.MakesWay(this, address);
        else
            TakeReleaseAnswer();
        Holds = null;
        if (!App.AddressSharing)
            World.Holders.Left(Connection, address);
        return null;
    }

    private void TakeReleaseAnswer()
    {
        while (_owed.TryPeek(out var asked) && asked.Kind is not (AskedKind.Listen or AskedKind.Release))
            CheckSilence(_owed.Dequeue());
        if (_owed.TryPeek(out var next) && next.Kind == AskedKind.Release)
            _owed.Dequeue();
    }

    private PeerLink Opens(short id)
    {
        if (_byId.TryGetValue(id, out var before) && !before.IsOver)
            throw new InvariantException("I7", $"{this} is written a 6 for {id}, which is open.");

        var link = id is >= 0 and < FirstIncoming ? Answered(AskedKind.Connect, id).Link! : World.NewLink(this, id, address: null);
        (link.IsOpened, link.OpenedAt) = (true, World.Now);
        _byId[id] = link;
        LastOpened = link;
        return link;
    }

    private PeerLink Fails(short id)
    {
        var link = Answered(AskedKind.Connect, id).Link!;
        link.IsOver = true;
        return link;
    }

    private PeerLink Closes(short id)
    {
        if (!_byId.TryGetValue(id, out var link) || link.IsOver)
            throw new InvariantException("I7", $"{this} is written an 8 for {id}, which is not open.");

        link.IsOver = true;
        Connection.Memory.Over(link);
        link.Other?.OtherEnds();
        return link;
    }

    private Asked Answered(AskedKind kind, short id = 0)
    {
        while (_owed.TryDequeue(out var asked))
        {
            if (asked.Kind != kind || (asked.Link?.Id ?? 0) != id)
            {
                CheckSilence(asked);
                continue;
            }

            CheckInTime(asked);
            return asked;
        }

        throw new InvariantException("I6", $"{this} is answered {kind} {id}, which it has not asked for.");
    }

    private void CheckInTime(Asked asked)
    {
        var took = World.Now - asked.TurnAt - (Connection.Node.PausedFor - asked.PausedBefore);
        if (asked.TurnAt >= 0 && took > ConnectionState.RequestTimeout + AnswerMargin)
            throw new InvariantException("I6", $"{this} was answered {asked.Kind} '{asked.Address}' {took} ms after its turn had come.");
    }

    private void CheckSilence(Asked asked)
    {
        if (Connection.HasClosed)
            return; // who has left is not told what that does

        if (asked.Kind != AskedKind.Release || Holds is not null)
            throw new InvariantException("I6", $"{this} got no answer to {asked.Kind} '{asked.Address}' {asked.Link}.");
    }
}
