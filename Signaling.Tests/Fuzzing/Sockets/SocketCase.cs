using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Sockets;

namespace Signaling.Tests.Fuzzing.Sockets;

/// <summary>One peer, its socket, and a connection that says what it hears.</summary>
internal sealed class SocketCase : IConnections, IConnection, ILease
{
    /// <summary>Largest message.</summary>
    public const int MaxPayload = 3000;

    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 1);
    private static readonly App App = new("/app", AddressSharing: false);
    private static readonly SocketMetrics Metrics = new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
    private static readonly SignalingOptions Patient = new() { MaxPayload = MaxPayload };

    // For peers that never close, of whom there are many.
    private static readonly SignalingOptions Hasty = new() { MaxPayload = MaxPayload, Sockets = new SocketOptions { CloseTimeout = TimeSpan.FromMilliseconds(20) } };

    private readonly Lock _gate = new();
    private readonly FarEnd _end;
    private readonly FakeTimeProvider _time;
    private readonly PeerSocket _socket;
    private readonly Task _running;
    private readonly List<byte> _sent = [];
    private readonly List<byte[]> _heard = [];
    private long _held;
    private bool _holds;
    private bool _isPlain = true; // nothing but the peer's bytes decides what happens
    private bool _isBroken;
    private bool _isOver;
    private int _ends;

    public SocketCase(FarEnd end, bool isLogged = false)
    {
        _end = end;
        _time = new FakeTimeProvider();
        _socket = new PeerSocket(end.Connection, end.IsCutByEnd ? Patient : Hasty, this, _time, Metrics, isLogged ? new PeerLog(NullLogger.Instance, Nowhere, Nowhere) : null);
        _running = _socket.RunAsync(this, App, PeerRights.All, end.Connection.ConnectionClosed);
    }

    public bool IsHeld { get; private set; } = true;

    public async ValueTask SayAsync(byte[] bytes)
    {
        if (_isOver)
            return;

        _sent.AddRange(bytes);
        await _end.SendAsync(bytes);
    }

    public void Send(byte[] message) => _socket.Send(message);

    public void Close()
    {
        _isPlain = false;
        _socket.Close(CloseStatus.GoingAway, "Server stops");
    }

    /// <summary>Lets some time go by, after which it is looked after.</summary>
    public void Wait()
    {
        _isPlain = false; // a peer that answers no ping is dropped
        _time.Advance(Patient.Sockets.PongTimeout);
        _socket.LookAfter();
    }

    public void Hold(bool holds)
    {
        long held;
        lock (_gate)
        {
            _holds = holds;
            held = holds ? 0 : _held;
            _held -= held;
        }

        if (held > 0)
            _socket.Consumed((int)held);
    }

    public void LoseLease()
    {
        _isPlain = false;
        IsHeld = false;
    }

    public void End()
    {
        if (_isOver)
            return;

        _isOver = true;
        _end.End();
    }

    public void Break()
    {
        if (_isOver)
            return;

        (_isOver, _isBroken, _isPlain) = (true, true, false);
        _end.Break();
    }

    /// <summary>Ends it, and looks at all that has come of it.</summary>
    public async Task CheckAsync()
    {
        Hold(false);
        var expected = new PlainParser([.. _sent], MaxPayload);
        if (expected.Status is null || !_end.IsCutByEnd)
            End();
        await _running;
        var received = _isBroken ? [] : await _end.ReceiveAllAsync();
        await _end.DisposeAsync();

        FuzzException.Unless(_ends == 1, $"The connection hears {_ends} times of the end.");
        FuzzException.Unless(
            _heard.Count <= expected.Messages.Count && _heard.Zip(expected.Messages).All(both => both.First.AsSpan().SequenceEqual(both.Second)),
            $"Of {expected.Messages.Count} messages others are handed over, or in another order.");
        FuzzException.Unless(!_isPlain || _heard.Count == expected.Messages.Count, $"Of {expected.Messages.Count} messages {_heard.Count} are handed over.");
        ServerFrames.Check(received, expected, _isPlain);
    }

    IConnection IConnections.Open(IPeerSocket socket, App app, PeerRights rights) => this;

    void IConnection.Receive(byte[] message)
    {
        lock (_gate)
        {
            _heard.Add(message);
            if (_holds)
            {
                _held += message.Length;
                return;
            }
        }

        _socket.Consumed(message.Length);
    }

    void IConnection.Deny(byte[] message) => throw new InvalidOperationException("Nobody is asked here.");

    void IConnection.Written()
    {
    }

    void IConnection.Closed()
    {
        _ends++;
        _socket.Close(CloseStatus.Normal, "Done");
    }
}
