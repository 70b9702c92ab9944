using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway;
using Xunit;

namespace Signaling.Tests.Deploy.Stopping;

/// <summary>The command <c>health</c>, as a container's health check runs it.</summary>
public sealed class HealthCommandTests : IDisposable
{
    private const string InternalPort = "SIGNALING__INTERNAL__PORT";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_that_serves_is_well_and_one_that_is_about_to_stop_is_not_ready()
    {
        await using var node = await NodeProcess.StartAsync(environment: [("SIGNALING__DRAIN__NOTICE", "01:00:00")]);

        Assert.Equal((0, "healthy", ""), await HealthOfAsync(node));
        Assert.Equal((0, "healthy", ""), await HealthOfAsync(node, "live"));
        Assert.Equal((0, "healthy", ""), await HealthOfAsync(node, "started"));

        await node.SignalAsync("TERM");
        await node.WaitForLineAsync("says that it is not ready");

        Assert.Equal((1, "The node is about to stop.", ""), await HealthOfAsync(node));
        Assert.Equal((0, "healthy", ""), await HealthOfAsync(node, "live"));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("localhost")]
    public async Task It_finds_the_node_wherever_that_listens(string host)
    {
        await using var node = await NodeProcess.StartAsync(environment: [("SIGNALING__INTERNAL__HOST", host)]);

        Assert.Equal((0, "healthy", ""), await RunAsync(
            ["health"], (InternalPort, $"{node.Internal.Port}"), ("SIGNALING__INTERNAL__HOST", host)));
    }

    [Fact]
    public async Task It_reads_no_more_of_the_configuration_than_it_needs()
    {
        await using var node = await NodeProcess.StartAsync();
        var config = _folder.Write("other.json", $$$"""
            {
              "httpsConfig": {"ssl_key_file": "only-the-node-may-read-this.pem", "ssl_cert_file": "gone.pem"},
              "signaling": {"internal": {"port": {{{node.Internal.Port}}}}}
            }
            """);

        Assert.Equal((0, "healthy", ""), await RunAsync(["health", "--config", config]));
        Assert.Equal((0, "healthy", ""), await RunAsync(["health", "live"], ("SIGNALING_CONFIG", config)));
    }

    [Fact]
    public async Task Where_no_node_runs_it_says_so()
    {
        var port = NodeProcess.FreePort();

        Assert.Equal(
            (1, "", $"error: No node answers at http://127.0.0.1:{port}/: Connection refused. See that it runs, with the same configuration as this command."),
            await RunAsync(["health"], (InternalPort, $"{port}")));
    }

    [Fact]
    public async Task It_waits_no_longer_than_it_is_told_to()
    {
        await using var node = await NodeProcess.StartAsync();
        await node.SignalAsync("STOP");

        var (exitCode, output, error) = await RunAsync(["health", "live", "--timeout", "0.5"], (InternalPort, $"{node.Internal.Port}"));

        Assert.Equal((1, "", $"error: The node at {node.Internal} has not answered within 0.5 s."), (exitCode, output, error));
    }

    [Theory]
    [InlineData(
        "signaling.internal.port is missing, so the node has no internal listener to ask; set it to a port, such as 9000, in the " +
        "configuration file or by SIGNALING__INTERNAL__PORT.",
        "")]
    [InlineData(
        "signaling.internal.port is 0, a port that only the node itself knows; set it to a port of its own, such as 9000.", "0")]
    [InlineData(
        "the environment variable SIGNALING__INTERNAL__PORT: signaling.internal.port is \"x\"; allowed is a whole number from 0 to 65535.",
        "x")]
    public async Task Without_a_port_to_ask_at_it_says_what_to_do(string message, string port)
    {
        Assert.Equal((1, "", $"error: {message}"), await RunAsync(["health"], (InternalPort, port)));
        Assert.Equal((1, "", $"error: {message}"), await RunAsync(["pre-stop"], (InternalPort, port)));
    }

    [Theory]
    [InlineData("health knows no \"well\"; allowed is live, started or ready. See --help.", "health", "well")]
    [InlineData("--timeout is \"0\"; allowed is a number of seconds above 0, up to 3600. See --help.", "health", "--timeout", "0")]
    [InlineData("--timeout is \"NaN\"; allowed is a number of seconds above 0, up to 3600. See --help.", "health", "--timeout", "NaN")]
    public async Task Misuse_exits_with_2(string message, params string[] args) =>
        Assert.Equal((2, "", $"error: {message}"), await RunAsync(args));

    private Task<(int ExitCode, string Output, string Error)> HealthOfAsync(NodeProcess node, params string[] check) =>
        RunAsync(["health", .. check], (InternalPort, $"{node.Internal.Port}"));

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string[] args, params (string Name, string Value)[] environment) =>
        GatewayRun.ToItsEndAsync(_folder.Path, args, environment);
}
