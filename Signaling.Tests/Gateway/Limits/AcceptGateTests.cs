using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Signaling.Tests.Faults;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Gateway.Limits;

/// <summary>Connections that are dropped before they cost anything, by the service's own transport and by Kestrel's.</summary>
public sealed class AcceptGateTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly IPAddress Flooder = IPAddress.Parse("127.0.0.2");
    private static readonly IPAddress Proxy = IPAddress.Parse("127.0.9.9");

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task An_address_has_twice_as_many_silent_connections_as_sockets_and_others_get_in(string epoll)
    {
        await using var gateway = await StrictGateway.StartAsync(
            ("proxies__direct", "true"), ("limits__socketsPerAddress", "5"), ("sockets__epoll", epoll));
        using var reached = new ReachedLimits(gateway.Services);
        var silent = await ConnectAsync(gateway, Flooder, count: 30);

        await Eventually.BecomesAsync(() => reached["connectionsPerAddress"], count => count == 20, Patience);
        Assert.Equal(10, silent.Count(IsOpen));
        Assert.Equal("101", (await Handshake.AskAsync(gateway.Http)).Status);

        silent.ForEach(socket => socket.Dispose());
        await Eventually.BecomesAsync(async () => await IsTakenAsync(gateway, Flooder), isTaken => isTaken, Patience);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task An_address_that_connects_too_often_is_dropped_at_once_and_others_are_served(string epoll)
    {
        const int Flood = 5_000;
        await using var gateway = await StrictGateway.StartAsync(
            ("proxies__direct", "true"), ("limits__handshakesPerSecond", "1"), ("limits__handshakeBurst", "10"), ("sockets__epoll", epoll));
        using var reached = new ReachedLimits(gateway.Services);
        await Handshake.AskAsync(gateway.Http, "/callapp"); // compiled
        var start = Stopwatch.GetTimestamp();
        var flood = Task.Run(async () =>
        {
            for (var i = 0; i < Flood; i++)
                (await gateway.ConnectAsync(Flooder)).Dispose();
        });

        var (slowest, others) = (TimeSpan.Zero, 0);
        while (!flood.IsCompleted)
        {
            var asked = Stopwatch.GetTimestamp();
            using var other = await BarePeer.ConnectAsync(gateway.Http, "/callapp", new IPAddress([127, 1, (byte)(others / 200), (byte)((others % 200) + 1)]));
            others++;
            var took = Stopwatch.GetElapsedTime(asked);
            slowest = took > slowest ? took : slowest;
        }

        await flood;
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await Eventually.BecomesAsync(() => reached["connectionsPerSecond"], count => count > Flood / 2, Patience);
        output.Say("accept-flood", ("epoll", epoll), ("per_second", Math.Round(Flood / seconds)), ("dropped", reached["connectionsPerSecond"]), ("others", others), ("slowest_other_ms", Math.Round(slowest.TotalMilliseconds)));
    }

    [Fact]
    public async Task A_node_has_a_quarter_more_connections_than_sockets_and_a_hundred_at_least_wherever_they_come_from()
    {
        await using var gateway = await StrictGateway.StartAsync(("limits__sockets", "1"));

        var silent = await ConnectAsync(gateway, Flooder, count: 110);

        await Eventually.BecomesAsync(() => silent.Count(IsOpen), count => count == 101, Patience);
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Of_a_trusted_proxy_as_many_connections_are_taken_as_come()
    {
        await using var gateway = await StrictGateway.StartAsync(
            ("proxies__trusted", "127.0.9.0/24"), ("limits__socketsPerAddress", "2"), ("limits__handshakeBurst", "1"));
        using var reached = new ReachedLimits(gateway.Services);

        var ofProxy = await ConnectAsync(gateway, Proxy, count: 20);
        var ofFlooder = await ConnectAsync(gateway, Flooder, count: 20);

        await Eventually.BecomesAsync(() => ofFlooder.Count(IsOpen), count => count <= 4, Patience);
        Assert.Equal(20, ofProxy.Count(IsOpen));
        ofProxy.ForEach(socket => socket.Dispose());
        ofFlooder.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_address_that_it_names_has_the_limit()
    {
        await using var gateway = await StrictGateway.StartAsync(("proxies__trusted", "127.0.9.0/24"), ("limits__socketsPerAddress", "1"));
        var server = new IPEndPoint(IPAddress.Loopback, gateway.Http.Port);
        using var first = await ForwardedPeer.ConnectAsync(server, Proxy, "198.51.100.7");
        using var other = await ForwardedPeer.ConnectAsync(server, Proxy, "198.51.100.8");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => ForwardedPeer.ConnectAsync(server, Proxy, "198.51.100.7"));

        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        using var sameNet = await ForwardedPeer.ConnectAsync(server, Proxy, "2001:db8::1");
        await Assert.ThrowsAsync<InvalidOperationException>(() => ForwardedPeer.ConnectAsync(server, Proxy, "2001:db8::2"));
    }

    private static async Task<List<Socket>> ConnectAsync(StrictGateway gateway, IPAddress from, int count)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < count; i++)
            sockets.Add(await gateway.ConnectAsync(from));
        return sockets;
    }

    private static async Task<bool> IsTakenAsync(StrictGateway gateway, IPAddress from)
    {
        try
        {
            using var peer = await BarePeer.ConnectAsync(gateway.Http, "/callapp", from);
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return false;
        }
    }

    // Nobody has said anything: what is there to read is the end.
    private static bool IsOpen(Socket socket) => socket.Connected && !socket.Poll(0, SelectMode.SelectRead);
}
