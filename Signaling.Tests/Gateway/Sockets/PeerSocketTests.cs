using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Actors.Connections;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Sockets;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>A peer's socket between a real WebSocket and a connection that the test plays.</summary>
public sealed class PeerSocketTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly App App = new("/app", AddressSharing: false);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly RecordingConnections _connection = new();
    private readonly SignalingOptions _options = new();
    private readonly TestLease _lease = new();
    private SocketPair _pair = null!;
    private PeerSocket _socket = null!;
    private Task _running = null!;

    public async Task InitializeAsync()
    {
        _pair = await SocketPair.ConnectAsync();
        _options.Sockets.CloseTimeout = TimeSpan.FromSeconds(1);
        _socket = new PeerSocket(
            _pair.Server, _options, _lease, TimeProvider.System, new SocketMetrics(_services.GetRequiredService<IMeterFactory>()), log: null);
        _running = _socket.RunAsync(_connection, App, PeerRights.All, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _pair.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task While_the_connection_deals_with_nothing_no_more_than_the_credit_is_read()
    {
        const int Size = 2048;
        const int Credit = 64 * 1024;
        const int Most = (Credit + Size + 63) / (Size + 64);
        for (var i = 0; i < Most * 2; i++)
            await SendAsync(new byte[Size]);

        await _connection.ReceivedAsync(Most).WaitAsync(Patience);
        _socket.Consumed(Size);
        await _connection.ReceivedAsync(Most + 1).WaitAsync(Patience);

        // The socket still writes, and what it writes has long been read when the count is looked at.
        _socket.Send(Frame.Heartbeat());
        Assert.Equal(Frame.Heartbeat(), await ReceiveAsync());
        Assert.Equal(Most + 1, _connection.Count);
    }

    [Fact]
    public async Task Messages_that_cross_the_close_frame_keep_nothing_open()
    {
        await SendAsync(new byte[60 * 1024]);
        await _connection.ReceivedAsync(1).WaitAsync(Patience);

        _socket.Close(CloseStatus.GoingAway, "Server stops");
        for (var i = 0; i < 10; i++)
            await SendAsync(new byte[60 * 1024]);
        await _pair.Client.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None).WaitAsync(Patience);

        await _running.WaitAsync(Patience);
        Assert.Equal(1, _connection.Ends);
    }

    [Fact]
    public async Task A_socket_that_waits_for_its_connection_ends_when_it_is_closed()
    {
        await SendAsync(new byte[100 * 1024]);
        await _connection.ReceivedAsync(1).WaitAsync(Patience);

        _socket.Close(CloseStatus.GoingAway, "Server stopped");

        Assert.Null(await ReceiveAsync());
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "Server stopped"), (_pair.Client.CloseStatus, _pair.Client.CloseStatusDescription));
        await _running.WaitAsync(Patience); // by its close time-out: the peer never answers
        Assert.Equal(1, _connection.Ends);
    }

    [Fact]
    public async Task What_is_on_its_way_when_this_end_closes_is_still_handed_over()
    {
        await SendAsync([1]);
        await _connection.ReceivedAsync(1).WaitAsync(Patience);

        _socket.Close(CloseStatus.GoingAway, "Server stops");
        Assert.Null(await ReceiveAsync());
        for (var i = 2; i <= 5; i++)
            await SendAsync([(byte)i]);
        await _pair.Client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);

        await _running.WaitAsync(Patience);
        Assert.Equal(5, _connection.Count);
        Assert.Equal(1, _connection.Ends);
    }

    [Fact]
    public async Task A_socket_that_is_not_read_for_too_long_is_closed_before_its_pongs_are_missed()
    {
        using var pair = await SocketPair.ConnectAsync();
        using var metrics = new SocketMetrics(_services.GetRequiredService<IMeterFactory>());
        var (time, connection) = (new FakeTimeProvider(), new RecordingConnections());
        var socket = new PeerSocket(pair.Server, _options, _lease, time, metrics, log: null);
        var running = socket.RunAsync(connection, App, PeerRights.All, CancellationToken.None);
        await pair.Client.SendAsync(new byte[100 * 1024], WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        await connection.ReceivedAsync(1).WaitAsync(Patience);

        var closed = pair.Client.ReceiveAsync(new byte[1], CancellationToken.None);
        await Eventually.BecomesAsync(
            () =>
            {
                time.Advance(_options.Sockets.PongTimeout); // whenever the pause has begun
                return closed.IsCompleted;
            },
            isClosed => isClosed,
            Patience);

        Assert.Equal(((WebSocketCloseStatus)1013, "Not read in time"), (pair.Client.CloseStatus, pair.Client.CloseStatusDescription));
        await running.WaitAsync(Patience);
        Assert.Equal(1, connection.Ends);
    }

    [Fact]
    public async Task The_connection_is_told_when_what_had_to_wait_is_written()
    {
        var frames = 0;
        for (var size = new byte[256 * 1024]; _socket.Written == frames; frames++)
            _socket.Send(size);
        _ = DrainAsync();

        await _connection.WrittenAsync().WaitAsync(Patience);
        await Eventually.BecomesAsync(() => _socket.Written, written => written == frames, Patience);

        async Task DrainAsync()
        {
            var buffer = new byte[1024 * 1024];
            while (true)
                await _pair.Client.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_peer_that_breaks_off_is_told_to_its_connection_once()
    {
        _pair.Client.Abort();

        await _running.WaitAsync(Patience);
        Assert.Equal(1, _connection.Ends);
    }

    [Fact]
    public async Task A_peer_that_closes_gets_what_its_connection_still_says_and_its_own_words_back()
    {
        await _pair.Client.CloseOutputAsync((WebSocketCloseStatus)4001, "bye", CancellationToken.None);
        await _connection.Closed.WaitAsync(Patience);

        _socket.Send(Frame.Heartbeat());
        _socket.Close(CloseStatus.Normal, "Done");

        Assert.Equal(Frame.Heartbeat(), await ReceiveAsync());
        Assert.Null(await ReceiveAsync());
        Assert.Equal(((WebSocketCloseStatus)4001, "bye"), (_pair.Client.CloseStatus, _pair.Client.CloseStatusDescription));
        await _running.WaitAsync(Patience);
        Assert.Equal(1, _connection.Ends);
    }

    [Fact]
    public async Task Whoever_closes_first_is_the_one_the_peer_hears_and_nothing_follows()
    {
        const int Senders = 4;
        const int Frames = 2000;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < Frames; i++)
                _socket.Send(BitConverter.GetBytes((sender * Frames) + i));
            _socket.Close(CloseStatus.Normal, $"{sender}");
        })));
        _socket.Send(Frame.Heartbeat());

        var received = new List<int>();
        while (await ReceiveAsync() is { } message)
            received.Add(BitConverter.ToInt32(message));

        Assert.Matches("^[0-3]$", _pair.Client.CloseStatusDescription);
        Assert.All(received.GroupBy(number => number / Frames), ofOne => Assert.Equal(
            Enumerable.Range(ofOne.Key * Frames, ofOne.Count()), ofOne));
        var closer = int.Parse(_pair.Client.CloseStatusDescription!);
        Assert.Equal(Frames, received.Count(number => number / Frames == closer));
        await _pair.Client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
        await _running.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_socket_that_is_closed_before_it_is_served_ends_too()
    {
        using var pair = await SocketPair.ConnectAsync();
        using var metrics = new SocketMetrics(_services.GetRequiredService<IMeterFactory>());
        var connection = new RecordingConnections();
        var socket = new PeerSocket(pair.Server, _options, _lease, TimeProvider.System, metrics, log: null);

        socket.Close(CloseStatus.GoingAway, "Server stops");
        var running = socket.RunAsync(connection, App, PeerRights.All, CancellationToken.None);
        await pair.Client.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None).WaitAsync(Patience);

        await running.WaitAsync(Patience);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, pair.Client.CloseStatus);
        Assert.Equal(1, connection.Ends);
    }

    [Fact]
    public async Task Calls_to_a_socket_that_is_long_gone_do_nothing()
    {
        _pair.Client.Abort();
        await _running.WaitAsync(Patience);
        _pair.Server.Abort();

        _socket.Send(Frame.Heartbeat());
        _socket.Consumed(1);
        _socket.Ignored(IgnoredMessage.Malformed);
        _socket.Refused(Refusal.Links);
        _socket.Close(CloseStatus.Normal, "Done");
        _socket.Close(CloseStatus.Normal, "Done");

        Assert.Equal(1, _connection.Ends);
    }

    private Task SendAsync(byte[] message) =>
        _pair.Client.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).WaitAsync(Patience);

    private async Task<byte[]?> ReceiveAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        var buffer = new byte[1024];
        var received = await _pair.Client.ReceiveAsync(buffer.AsMemory(), late.Token);
        return received.MessageType == WebSocketMessageType.Close ? null : buffer[..received.Count];
    }
}
