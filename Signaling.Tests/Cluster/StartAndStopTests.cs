using System.Net;
using Signaling.Gateway;
using Signaling.Tests.Gateway;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

public sealed class StartAndStopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_that_is_told_to_stop_drains_and_ends_well()
    {
        await using var node = await NodeProcess.StartAsync(
            environment: [("SIGNALING__DRAIN__TIME", "00:00:05"), ("SIGNALING__DRAIN__CLOSEWINDOW", "00:00:01")]);
        await using var call = await Call.OpenAsync(node.App("/callapp"), node.App("/callapp"), "room");
        using var silent = await BarePeer.ConnectAsync(node.WebSocket, "/callapp");
        using var client = new HttpClient { BaseAddress = node.Internal };
        Assert.True((await client.GetAsync("/health/ready")).IsSuccessStatusCode);

        await node.SignalAsync("TERM");
        await node.WaitForLineAsync("takes no new sockets");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
        Assert.True((await client.GetAsync("/health/live")).IsSuccessStatusCode);
        Assert.Contains("\"draining\":true", await client.GetStringAsync("/node"), StringComparison.Ordinal);
        Assert.Equal(("503", "1"), await Handshake.AskAsync(node.Http));
        await call.TalkAsync();
        Assert.Equal((1001, "Server stops"), await call.Listener.ExpectCloseAsync());
        await call.Listener.CloseAsync();
        await call.Guest.CloseAsync();

        var (exitCode, _, error) = await node.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal((ExitCodes.Ok, ""), (exitCode, error));
    }

    [Theory]
    [InlineData("TERM", "TERM")]
    [InlineData("INT", "INT")]
    [InlineData("TERM", "INT")]
    public async Task A_process_that_is_told_to_stop_a_second_time_ends_at_once(string first, string second)
    {
        await using var node = await NodeProcess.StartAsync(environment: ("SIGNALING__DRAIN__TIME", "01:00:00"));
        await using var peer = await TestPeer.ConnectAsync(node.App("/callapp"));
        await node.SignalAsync(first);
        await node.WaitForLineAsync("takes no new sockets");

        await node.SignalAsync(second);

        var (exitCode, _, error) = await node.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(ExitCodes.StoppedAtOnce, exitCode);
        Assert.Equal("error: told to stop a second time, so the service ends at once, with exit code 7.", error);
    }

    [Fact]
    public async Task In_dev_mode_a_process_with_peers_stops_soon()
    {
        _folder.Write("config.json", """{"httpConfig": {"port": 0, "host": "127.0.0.1"}, "apps": [{"path": "/"}]}""");
        await using var node = GatewayProcess.Start(_folder.Path, []);
        var line = await node.WaitForLineAsync("listening on ");
        await using var peer = await TestPeer.ConnectAsync(new Uri($"ws{line[(line.IndexOf("http", StringComparison.Ordinal) + 4)..]}"));

        await node.SignalAsync("INT");

        Assert.Equal((1001, "Server stops"), await peer.ExpectCloseAsync().WaitAsync(TimeSpan.FromSeconds(5)));
        await peer.CloseAsync();
        Assert.Equal(ExitCodes.Ok, (await node.WaitForExitAsync().WaitAsync(Patience)).ExitCode);
    }

    [Fact]
    public async Task A_node_that_nobody_lets_in_ends_and_says_why()
    {
        _folder.Write("config.json", """{"httpConfig": {"host": "127.0.0.1"}, "apps": [{"path": "/"}]}""");
        await using var node = GatewayProcess.Start(
            _folder.Path,
            ["--profile", "static", "--cluster-port", "0", "--cluster-seeds", "127.0.0.1:1,127.0.0.1:2"],
            ("SIGNALING__NODE__JOINTIMEOUT", "00:00:10"));

        var (exitCode, _, error) = await node.WaitForExitAsync();

        Assert.Equal(ExitCodes.NotJoined, exitCode);
        Assert.StartsWith(
            "error: The node did not become a member of its cluster within 10 s: none of the seeds (127.0.0.1:1, 127.0.0.1:2) has let it in; ",
            error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_seed_begins_no_cluster_without_a_majority()
    {
        _folder.Write("config.json", """{"httpConfig": {"host": "127.0.0.1"}, "apps": [{"path": "/"}]}""");
        var port = NodeProcess.FreePort();
        await using var node = GatewayProcess.Start(
            _folder.Path,
            ["--profile", "static", "--cluster-port", $"{port}", "--cluster-seeds", $"127.0.0.1:{port},127.0.0.1:1,127.0.0.1:2"],
            ("SIGNALING__NODE__JOINTIMEOUT", "00:00:12"));

        var (exitCode, _, error) = await node.WaitForExitAsync();

        Assert.Equal(ExitCodes.NotJoined, exitCode);
        Assert.Contains("it has met 1 of the 2 nodes that it takes", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_while_it_joins_ends_well()
    {
        _folder.Write("config.json", """{"httpConfig": {"host": "127.0.0.1"}, "apps": [{"path": "/"}]}""");
        await using var node = GatewayProcess.Start(
            _folder.Path, ["--profile", "static", "--cluster-port", "0", "--cluster-seeds", "127.0.0.1:1"]);
        await node.WaitForLineAsync("joins the cluster by 127.0.0.1:1");

        await node.SignalAsync("TERM");

        var (exitCode, _, error) = await node.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal((ExitCodes.Ok, ""), (exitCode, error));
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
