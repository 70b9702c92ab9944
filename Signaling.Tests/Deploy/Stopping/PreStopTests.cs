using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Signaling.Gateway;
using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Deploy.Stopping;

/// <summary>A node that is drained by the command <c>pre-stop</c> before it is told to stop, as a pod is.</summary>
public sealed class PreStopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Two rounds of a load balancer that asks for health every second, and the rest of a stop that finds nobody.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Sockets_are_taken_until_load_balancers_have_noticed_and_the_stop_that_follows_takes_no_time()
    {
        await using var node = await NodeProcess.StartAsync(environment:
        [
            ("SIGNALING__DRAIN__NOTICE", "00:00:04"), ("SIGNALING__DRAIN__TIME", "01:00:00"), ("SIGNALING__DRAIN__CLOSEWINDOW", "00:00:00"),
        ]);
        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(node));
        await using var preStop = PreStop(node);

        // During the notice: not ready, and whoever comes is served.
        await node.WaitForLineAsync("It takes new sockets for 4 s still.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync(node));
        await using var call = await Call.OpenAsync(node.App("/callapp"), node.App("/callapp"), "room");

        // Then nobody else is, and who is there goes on.
        await node.WaitForLineAsync("takes no new sockets");
        Assert.Equal(("503", "1"), await Handshake.AskAsync(node.Http));
        await call.TalkAsync();
        Assert.False(preStop.HasExited);

        await call.EndAsync();
        await call.Listener.CloseAsync();
        Assert.Equal((0, "drained", ""), await preStop.WaitForExitAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync(node));
        Assert.Equal(HttpStatusCode.OK, await HealthAsync(node, "live"));
        Assert.Equal(("503", "1"), await Handshake.AskAsync(node.Http));
        await using (var again = PreStop(node))
            Assert.Equal((0, "drained", ""), await again.WaitForExitAsync());

        await node.SignalAsync("TERM");
        var (exitCode, _, error) = await node.WaitForExitAsync().WaitAsync(AtOnce);
        Assert.Equal((ExitCodes.Ok, ""), (exitCode, error));
    }

    [Fact]
    public async Task A_drain_goes_on_when_its_caller_goes_away_and_a_stop_joins_it()
    {
        await using var node = await NodeProcess.StartAsync(environment:
            [("SIGNALING__DRAIN__NOTICE", "00:00:02"), ("SIGNALING__DRAIN__TIME", "01:00:00")]);
        await using var peer = await TestPeer.ConnectAsync(node.App("/callapp"));
        await using (var preStop = PreStop(node))
        {
            await node.WaitForLineAsync("says that it is not ready");
            preStop.Kill();
        }

        await node.SignalAsync("TERM");

        await node.WaitForLineAsync("The 1 that are open may go on for 3600 s");
        await peer.CloseAsync();
        var (exitCode, output, _) = await node.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(ExitCodes.Ok, exitCode);
        Assert.DoesNotContain("sockets that are left are closed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_admin_token_only_this_machine_may_drain_a_node_and_the_start_says_so()
    {
        await using var node = await NodeProcess.StartAsync(environment: [("SIGNALING__INTERNAL__HOST", "0.0.0.0")]);
        Assert.Contains(node.StartLog, line => line.Contains("would take an admin token, and none is set: only this machine can", StringComparison.Ordinal));

        foreach (var address in OwnAddresses())
        {
            var url = new UriBuilder(node.Internal) { Host = $"{address}", Path = "/node/drain" }.Uri;
            using var answer = await _client.PostAsync(url, content: null);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.StartsWith("You may not drain the node: it comes from another machine.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

            var (exitCode, _, error) = await GatewayRun.ToItsEndAsync(
                _folder.Path, ["pre-stop"], ("SIGNALING__INTERNAL__PORT", $"{url.Port}"), ("SIGNALING__INTERNAL__HOST", $"{address}"));
            Assert.Equal(1, exitCode);
            Assert.StartsWith(
                $"error: The node at http://{address}:{url.Port}/ does not drain: You may not drain the node: it comes from another machine.", error, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, await ReadinessAsync(node));
    }

    private static IEnumerable<IPAddress> OwnAddresses() =>
        from network in NetworkInterface.GetAllNetworkInterfaces()
        where network.OperationalStatus == OperationalStatus.Up
        from address in network.GetIPProperties().UnicastAddresses
        where address.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address.Address)
        select address.Address;

    private GatewayProcess PreStop(NodeProcess node) => GatewayProcess.Start(
        _folder.Path,
        ["pre-stop"],
        ("SIGNALING__INTERNAL__PORT", $"{node.Internal.Port}"),
        ("SIGNALING__DRAIN__TIME", "01:00:00"));

    private Task<HttpStatusCode> ReadinessAsync(NodeProcess node) => HealthAsync(node, "ready");

    private async Task<HttpStatusCode> HealthAsync(NodeProcess node, string check)
    {
        using var answer = await _client.GetAsync(new Uri(node.Internal, $"/health/{check}"));
        return answer.StatusCode;
    }
}
