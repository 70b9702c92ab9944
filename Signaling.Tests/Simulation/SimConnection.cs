using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Simulation;

/// <summary>A connection of the simulated cluster, and the socket between it and its peer.</summary>
internal sealed class SimConnection : IConnectionEffects
{
    private const long SocketDelay = 10;
    private readonly World _world;
    private readonly SimPeer _peer;
    private readonly App _app;
    private readonly ConnectionUid _uid;
    private readonly ConnectionState _state;
    private bool _ticking;
    private bool _closed;
    private string _holds = "";

    public SimConnection(World world, ConnectionUid uid, App app, SimPeer peer)
    {
        _world = world;
        _peer = peer;
        _app = app;
        _uid = uid;
        _state = new ConnectionState(uid, app, this);
    }

    /// <summary>From the peer: a message.</summary>
    public void Send(byte[] message) => _world.Network.Send(_peer, this, SocketDelay, () =>
    {
        _world.Note($"{_uid} reads {Describe(message)}");
        _state.Receive(message, _world.Network.Now);
        Settle();
    });

    /// <summary>From the peer: its close frame.</summary>
    public void Close() => _world.Network.Send(_peer, this, SocketDelay, () =>
    {
        _closed = true;
        _world.Note($"{_uid} is closed by its peer");
        _world.Holders.Left(_uid, _holds);
        _state.PeerClosed(_world.Network.Now);
        Settle();
    });

    public void Receive(ILetter letter)
    {
        _state.Receive(letter, _world.Network.Now);
        Settle();
    }

    public void Write(ReadOnlyMemory<byte> frame)
    {
        if (_closed)
            return;

        var bytes = frame.ToArray();
        _world.Note($"{_uid} writes {Describe(bytes)}");
        NoteHolding(bytes);
        _world.Network.Send(this, _peer, SocketDelay, () => _peer.Receive(bytes));
    }

    public void Request(IAddressRequest request) => _world.Request(_uid.Node, request);

    public void Tell(ConnectionUid to, ILetter letter) => _world.Tell(_uid.Node, to, letter);

    public void Tell(AddressUid to, ILetter letter) => _world.Tell(_uid.Node, to, letter);

    public void Consumed(int bytes)
    {
    }

    public void Ignored(IgnoredMessage reason)
    {
    }

    public void Stop() => _world.Remove(_uid);

    private static string Describe(byte[] message) =>
        FrameHeader.TryRead(message, out var header) ? $"{header.Type} {header.Id}" : Convert.ToHexString(message);

    private void NoteHolding(byte[] bytes)
    {
        switch ((EventType)bytes[0])
        {
            case EventType.ServerInitialized when FrameHeader.TryRead(bytes, out var header):
                _holds = Frame.ReadString(bytes, header);
                _world.Holders.Took(_uid, _holds, _app.AddressSharing);
                break;
            case EventType.ServerClosed:
                _world.Holders.Left(_uid, _holds);
                break;
        }
    }

    private void Settle()
    {
        if (!_state.NeedsTick || _ticking)
            return;

        _ticking = true;
        _world.Network.After(ConnectionState.TickInterval, () =>
        {
            _ticking = false;
            _state.Tick(_world.Network.Now);
            Settle();
        });
    }
}
