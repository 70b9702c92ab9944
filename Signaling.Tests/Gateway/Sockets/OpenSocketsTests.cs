using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Sockets;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

public sealed class OpenSocketsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly IHost _host = new HostBuilder().ConfigureServices(services => services.AddMetrics()).Build();
    private readonly OpenSockets _open;

    public OpenSocketsTests() => _open = new OpenSockets(Lifetime);

    private IHostApplicationLifetime Lifetime => _host.Services.GetRequiredService<IHostApplicationLifetime>();

    public void Dispose()
    {
        _open.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task A_stop_closes_what_is_open_and_what_comes_while_it_goes_on()
    {
        using var before = await SocketPair.ConnectAsync();
        using var after = await SocketPair.ConnectAsync();

        _open.Add(Socket(before));
        Lifetime.StopApplication();
        _open.Add(Socket(after));

        await ExpectCloseAsync(before.Client);
        await ExpectCloseAsync(after.Client);
    }

    private static async Task ExpectCloseAsync(WebSocket client)
    {
        using var late = new CancellationTokenSource(Patience);
        await client.ReceiveAsync(Memory<byte>.Empty, late.Token);
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "Server stops"), (client.CloseStatus, client.CloseStatusDescription));
    }

    private PeerSocket Socket(SocketPair pair) => new(
        pair.Server, new SignalingOptions(), new SocketMetrics(_host.Services.GetRequiredService<IMeterFactory>()), log: null);
}
