using Signaling.Tests.Gateway;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

public sealed class StartAndStopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_that_is_told_to_stop_says_so_to_its_peers_and_ends_well_and_soon()
    {
        await using var node = await NodeProcess.StartAsync();
        await using var polite = await TestPeer.ListenAsync(node.App("/callapp"), "polite");
        using var silent = await BarePeer.ConnectAsync(node.WebSocket, "/callapp");

        await node.SignalAsync("TERM");

        Assert.Equal((1001, "Server stops"), await polite.ExpectCloseAsync());
        await polite.CloseAsync();
        var (exitCode, _, error) = await node.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((0, ""), (exitCode, error));
    }

    [Fact]
    public async Task A_second_process_on_the_same_port_is_told_so_and_joins_nothing()
    {
        await using var first = await NodeProcess.StartAsync();
        var path = _folder.Write("config.json", $$"""{"httpConfig": {"port": {{first.Http.Port}}, "host": "127.0.0.1"}, "apps": [{"path": "/"}]}""");
        await using var second = GatewayProcess.Start(
            _folder.Path, ["--profile", "static", "--cluster-seeds", $"127.0.0.1:{first.ClusterPort}"]);

        Assert.Equal(
            (1, "", $"error: {path}: httpConfig.port is {first.Http.Port}, a port that is in use; stop the program that has it, or choose another."),
            await second.WaitForExitAsync());
    }

    [Fact]
    public async Task A_second_process_on_the_same_port_of_the_cluster_is_told_so()
    {
        await using var first = await NodeProcess.StartAsync();
        _folder.Write("config.json", """{"httpConfig": {"host": "127.0.0.1"}, "apps": [{"path": "/"}]}""");
        await using var second = GatewayProcess.Start(_folder.Path, ["--profile", "static", "--cluster-port", $"{first.ClusterPort}"]);

        Assert.Equal(
            (1, "", $"error: signaling.node.port is {first.ClusterPort}, a port that is in use; stop the program that has it, or choose another."),
            await second.WaitForExitAsync());
    }
}
