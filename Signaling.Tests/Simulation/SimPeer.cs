using System.Buffers.Binary;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <summary>
/// A peer that does as it likes, without waiting for answers. It uses an id again only when it knows that the old link is
/// over, for otherwise it could not tell what its data belong to.
/// </summary>
internal sealed partial class SimPeer
{
    private const int Ids = 12;
    private readonly string _name;
    private readonly PeerLink?[] _asked = new PeerLink?[Ids + 1];
    private readonly List<PeerLink> _open = [];
    private bool _hasClosed;

    public SimPeer(World world, string name, App app, SimNode node, ulong traits, Owner? owner = null)
    {
        (World, _name, App, Owner) = (world, name, app, owner ?? OwnerOf(traits));
        Connection = new SimConnection(node, this);
        var capacity = 64 * 1024 << (int)(traits % 3);
        Socket = new SimSocket(Connection, this, capacity, latency: 1 + (long)(traits / 3 % 15), isSlow: traits / 64 % 4 == 0);
    }

    public World World { get; }

    public App App { get; }

    /// <summary>On whose behalf it asks.</summary>
    public Owner Owner { get; }

    public SimConnection Connection { get; }

    public SimSocket Socket { get; }

    /// <summary>Whether it does not read.</summary>
    public bool IsStalled { get; private set; }

    /// <summary>When it last did not read, in ms, and whether it ever was for long.</summary>
    public long StalledUntil { get; private set; } = -100_000;

    /// <summary>Whether its socket is closed, whoever closed it.</summary>
    public bool IsGone { get; private set; }

    public bool HasBroken { get; private set; }

    /// <summary>The links that it knows to be open.</summary>
    public IReadOnlyList<PeerLink> Open => _open;

    public override string ToString() => _name;

    public void Listen(string address) => Say(new Asked(AskedKind.Listen, address, null), Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));

    public void Release() => Say(new Asked(AskedKind.Release, "", null), Frame.Of(EventType.ServerClosed, FrameHeader.NoId));

    public void Heartbeat() => Say(new Asked(AskedKind.Heartbeat, "", null), Frame.Heartbeat());

    /// <summary>Asks for a link.</summary>
    /// <returns>The link to be; null where all its ids are in use.</returns>
    public PeerLink? Connect(string address)
    {
        for (short id = 1; id <= Ids; id++)
        {
            if (_asked[id] is { IsKnownOver: false })
                continue;

            var link = World.NewLink(this, id, address);
            _asked[id] = link;
            Say(new Asked(AskedKind.Connect, address, link), Frame.Of(EventType.NewConnection, id, address));
            return link;
        }

        return null;
    }

    /// <summary>Sends data over a link, open or asked for.</summary>
    public void Send(PeerLink link, int size)
    {
        var data = new byte[Math.Max(size, 12)];
        var number = link.NextToSend();
        BinaryPrimitives.WriteInt32LittleEndian(data, link.Index);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4), number);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(data.Length - 4), link.Index ^ number);
        Say(Frame.Of(EventType.ReliableMessageReceived, link.Id, data));
    }

    public void Disconnect(PeerLink link)
    {
        link.IsToClose = true;
        _open.Remove(link);
        Say(Frame.Of(EventType.Disconnected, link.Id));
    }

    public void SayGarbage(byte[] bytes) => Say(bytes);

    public void Close()
    {
        if (_hasClosed || IsGone)
            return;

        _hasClosed = true;
        World.Timeline.Add(World.Now + Socket.Latency, Connection, SimConnection.CloseMessage, 0);
        Leave();
    }

    public void BreakSocket()
    {
        if (_hasClosed || IsGone)
            return;

        HasBroken = true;
        World.Timeline.Add(World.Now + Socket.Latency, Connection, SimConnection.BreakMessage, 0);
        Leave();
    }

    public void Stall() => IsStalled = true;

    public void Resume()
    {
        if (!IsStalled)
            return;

        IsStalled = false;
        StalledUntil = World.Now;
        Socket.Resume();
    }

    /// <summary>Something arrives that was written to it.</summary>
    public void Read(Word word)
    {
        if (IsGone)
            return;

        switch (word.Type)
        {
            case EventType.NewConnection:
                word.Link!.IsKnown = true;
                if (!word.Link.IsToClose)
                    _open.Add(word.Link);
                break;
            case EventType.ConnectionFailed or EventType.Disconnected:
                word.Link!.IsKnownOver = true;
                _open.Remove(word.Link);
                break;
        }
    }

    /// <summary>The other side of its socket is gone.</summary>
    public void SocketClosed()
    {
        if (!IsGone && !_hasClosed && Connection.Node.IsAlive)
            throw new InvariantException("I2", $"the socket of {this} is closed, and neither has it closed it nor has its node ended.");
        Leave();
    }

    // A few are nobody's.
    private static Owner OwnerOf(ulong traits) => new(0, (long)(traits / 4096 % 4));

    private void Leave()
    {
        IsGone = true;
        _open.Clear();
    }

    private void Say(Asked asked, byte[] message)
    {
        _saidRequests.Enqueue(asked);
        Say(message);
    }

    private void Say(byte[] message)
    {
        if (!_hasClosed && !IsGone)
            World.Timeline.Add(World.Now + Socket.Latency, Connection, message, 0);
    }
}
