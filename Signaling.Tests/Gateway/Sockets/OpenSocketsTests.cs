using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Sockets;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

public sealed class OpenSocketsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly OpenSockets _open = new(new CrowdMemory());

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task All_are_closed_and_what_comes_too_late_is_not_taken()
    {
        using var pair = await SocketPair.ConnectAsync();

        Assert.True(_open.TryAdd(Socket(pair)));
        _open.CloseAll();
        Assert.False(_open.TryAdd(Socket(pair)));

        await ExpectCloseAsync(pair.Client);
        Assert.Equal(1, _open.Count);
    }

    [Fact]
    public async Task Who_waits_until_none_is_open_is_told_with_the_last_one()
    {
        using var pair = await SocketPair.ConnectAsync();
        var (first, second) = (Socket(pair), Socket(pair));
        Assert.True(_open.UntilNone().IsCompleted);
        _open.TryAdd(first);
        _open.TryAdd(second);
        var none = _open.UntilNone();

        _open.Remove(first);
        _open.Remove(first);
        Assert.False(none.IsCompleted);
        _open.Remove(second);

        await none.WaitAsync(Patience);
        Assert.True(_open.UntilNone().IsCompleted);
    }

    [Fact]
    public async Task All_that_are_open_can_be_dropped()
    {
        using var pair = await SocketPair.ConnectAsync();
        _open.TryAdd(Socket(pair));

        Assert.Equal(1, _open.AbortAll());

        using var late = new CancellationTokenSource(Patience);
        await Assert.ThrowsAsync<WebSocketException>(() => pair.Client.ReceiveAsync(Memory<byte>.Empty, late.Token).AsTask());
    }

    private static async Task ExpectCloseAsync(WebSocket client)
    {
        using var late = new CancellationTokenSource(Patience);
        await client.ReceiveAsync(Memory<byte>.Empty, late.Token);
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "Server stops"), (client.CloseStatus, client.CloseStatusDescription));
    }

    private PeerSocket Socket(SocketPair pair) => new(
        pair.Server,
        new SignalingOptions(),
        new TestLease(),
        TimeProvider.System,
        new SocketMetrics(_services.GetRequiredService<IMeterFactory>()),
        log: null);
}
