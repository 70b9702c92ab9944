using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Actors.Connections;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Limits;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Sockets;
using Signaling.Tests.Gateway.Limits;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>A peer that sends more than it may, or nothing, by a clock of the test's own.</summary>
public sealed class SlowedPeerTests : IAsyncLifetime
{
    private const int Burst = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly App App = new("/app", AddressSharing: false);

    private readonly ServiceProvider _services =
        new ServiceCollection().AddMetrics().AddSingleton<SocketMetrics>().BuildServiceProvider();

    private readonly RecordingConnections _connection = new();
    private readonly FakeTimeProvider _time = new();
    private ReachedLimits _reached = null!;
    private SocketPair _pair = null!;
    private PeerSocket _socket = null!;
    private Task _running = null!;

    public async Task InitializeAsync()
    {
        _pair = await SocketPair.ConnectAsync();
        _reached = new ReachedLimits(_services);
    }

    public async Task DisposeAsync()
    {
        _pair.Dispose();
        _reached.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Messages_beyond_a_burst_come_as_the_rate_allows_and_none_is_lost()
    {
        Serve(new LimitOptions { MessagesPerSecond = 10, MessageBurst = Burst });
        for (var i = 0; i < 3 * Burst; i++)
            await SendAsync([(byte)i]);

        await _connection.ReceivedAsync(Burst + 1).WaitAsync(Patience);
        await ShowThatItWritesAsync();
        Assert.Equal(Burst + 1, _connection.Count);
        Assert.Equal(1, _reached["messagesPerSecond"]);

        await PassUntilAsync(3 * Burst, Step);
    }

    [Fact]
    public async Task Text_and_pings_count_as_messages_do()
    {
        Serve(new LimitOptions { MessagesPerSecond = 10, MessageBurst = Burst });
        for (var i = 0; i < Burst; i++)
            await _pair.Client.SendAsync("text"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        for (var i = 0; i < 10; i++)
            await SendAsync([(byte)i]);

        await _connection.ReceivedAsync(1).WaitAsync(Patience);
        await ShowThatItWritesAsync();
        Assert.Equal(1, _connection.Count);

        await PassUntilAsync(10, Step);
    }

    [Fact]
    public async Task Bytes_beyond_a_burst_come_as_the_rate_allows()
    {
        const int Size = 1_000;
        Serve(new LimitOptions { BytesPerSecond = 10 * Size, ByteBurst = Size });
        await SendAsync(new byte[20 * Size]); // two seconds' worth, whose first part may be too much already
        await UntilRestsAsync("bytesPerSecond");
        await SendAsync([1]);
        await ShowThatItWritesAsync();

        await PassUntilAsync(2, Step);
    }

    [Fact]
    public async Task One_that_does_not_catch_up_for_ten_seconds_is_closed()
    {
        Serve(new LimitOptions { MessagesPerSecond = 10, MessageBurst = Burst });
        for (var i = 0; i < 50 * Burst; i++)
            await SendAsync([1]);
        using var late = new CancellationTokenSource(Patience);
        var end = _pair.Client.ReceiveAsync(new byte[1], late.Token);

        await Eventually.BecomesAsync(
            () =>
            {
                _time.Advance(Step);
                return end.IsCompleted;
            },
            isOver => isOver,
            Patience);

        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "Too fast"), (_pair.Client.CloseStatus, _pair.Client.CloseStatusDescription));
        Assert.InRange(_connection.Count, Burst + (10 * 9), Burst + (10 * 15));
        await _pair.Client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, late.Token);
        await _running.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_rest_ends_with_the_socket()
    {
        Serve(new LimitOptions { BytesPerSecond = 1, ByteBurst = 1 });
        await SendAsync(new byte[100_000]);
        await UntilRestsAsync("bytesPerSecond");

        _socket.Abort();

        await Eventually.BecomesAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _running.IsCompleted;
            },
            isOver => isOver,
            Patience);
        Assert.Equal(1, _connection.Ends);
    }

    [Fact]
    public async Task One_that_never_sends_a_message_is_told_so_and_closed()
    {
        Serve(new LimitOptions { FirstMessageTime = TimeSpan.FromSeconds(60) });
        _time.Advance(TimeSpan.FromSeconds(59));
        _socket.LookAfter();
        await ShowThatItWritesAsync();

        _time.Advance(TimeSpan.FromSeconds(1));
        _socket.LookAfter();
        _socket.LookAfter();

        using var late = new CancellationTokenSource(Patience);
        await _pair.Client.ReceiveAsync(new byte[1], late.Token);
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "No message"), (_pair.Client.CloseStatus, _pair.Client.CloseStatusDescription));
        Assert.Equal(1, _reached["firstMessageTime"]);
        await _pair.Client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, late.Token);
        await _running.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(WebSocketMessageType.Binary)]
    [InlineData(WebSocketMessageType.Text)]
    public async Task One_that_has_sent_a_message_may_be_silent(WebSocketMessageType type)
    {
        Serve(new LimitOptions { FirstMessageTime = TimeSpan.FromSeconds(60) });
        await _pair.Client.SendAsync("x"u8.ToArray(), type, endOfMessage: true, CancellationToken.None);
        await SendAsync([1]);
        await _connection.ReceivedAsync(type == WebSocketMessageType.Binary ? 2 : 1).WaitAsync(Patience);

        _time.Advance(TimeSpan.FromSeconds(61));
        _socket.LookAfter();

        await ShowThatItWritesAsync();
    }

    private Task UntilRestsAsync(string limit) => Eventually.BecomesAsync(() => _reached[limit], count => count > 0, Patience);

    private void Serve(LimitOptions set)
    {
        var options = new SignalingOptions();
        _socket = new PeerSocket(
            _pair.Server, options, new TestLease(), _time, _services.GetRequiredService<SocketMetrics>(), log: null,
            new PeerLimits(LimitsInForce.Of(strict: false, set), _time));
        _running = _socket.RunAsync(_connection, App, PeerRights.All, CancellationToken.None);
    }

    /// <summary>Lets time pass, in which the peer is looked after, until so many messages have been handed over.</summary>
    private async Task PassUntilAsync(int messages, TimeSpan step)
    {
        Assert.True(_connection.Count < messages, "Nothing was slowed down.");
        await Eventually.BecomesAsync(
            () =>
            {
                _time.Advance(step);
                _socket.LookAfter();
                return _connection.Count;
            },
            count => count == messages,
            TimeSpan.FromSeconds(60));
        Assert.False(_running.IsCompleted);
    }

    // What the socket writes has long been read when the test looks at what has come of the other way.
    private async Task ShowThatItWritesAsync()
    {
        _socket.Send(Frame.Heartbeat());
        using var late = new CancellationTokenSource(Patience);
        var buffer = new byte[1024];
        var received = await _pair.Client.ReceiveAsync(buffer.AsMemory(), late.Token);
        Assert.Equal(Frame.Heartbeat(), buffer[..received.Count]);
    }

    private Task SendAsync(byte[] message) =>
        _pair.Client.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).WaitAsync(Patience);
}
