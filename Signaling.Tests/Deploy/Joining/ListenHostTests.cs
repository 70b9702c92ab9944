using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Deploy.Joining;

/// <summary>A node that listens for other nodes elsewhere than where they reach it.</summary>
public sealed class ListenHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ListenHostTests() => _folder.Write("config.json", """
        {"httpConfig": {"port": 0, "host": "127.0.0.1"}, "apps": [{"path": "/callapp"}]}
        """);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public async Task A_node_that_listens_on_all_addresses_is_joined_by_the_one_that_it_is_known_under(string listenHost)
    {
        await using var first = await NodeProcess.StartAsync(environment: [("SIGNALING__NODE__LISTENHOST", listenHost)]);
        await using var second = await NodeProcess.StartAsync(first);

        await using var call = await Call.OpenAsync(first.App("/callapp"), second.App("/callapp"), "room");
        await call.TalkAsync();
        await ConnectAsync("127.0.0.2", first.ClusterPort); // an address that nobody has told it of
    }

    [Fact]
    public async Task It_may_take_a_free_port()
    {
        await using var first = GatewayProcess.Start(
            _folder.Path, ["--profile", "static", "--cluster-host", "localhost"], ("SIGNALING__NODE__LISTENHOST", "127.0.0.1"));
        var line = await first.WaitForLineAsync("is up");
        var port = Regex.Match(line, "akka.tcp://signaling@localhost:([0-9]+) ").Groups[1].Value;

        await using var second = GatewayProcess.Start(
            _folder.Path, ["--profile", "static", "--cluster-seeds", $"localhost:{port}"], ("SIGNALING__NODE__JOINTIMEOUT", "00:00:20"));
        await second.WaitForLineAsync("is up");
    }

    [Theory]
    [InlineData("192.0.2.77", "signaling.node.listenHost is \"192.0.2.77\", which is no address of this machine; use one of its own, or 0.0.0.0 to listen on all.")]
    [InlineData("pod-0", "the environment variable SIGNALING__NODE__LISTENHOST: signaling.node.listenHost is \"pod-0\"; allowed is an IP address, such as 10.0.0.1, or 0.0.0.0 for all of this machine.")]
    public async Task An_address_that_it_can_not_listen_on_is_told(string listenHost, string message) => Assert.Equal(
        (1, "", $"error: {message}"),
        await GatewayRun.ToItsEndAsync(_folder.Path, ["--profile", "static"], ("SIGNALING__NODE__LISTENHOST", listenHost)));

    [Fact]
    public async Task A_host_that_is_no_address_of_the_machine_needs_another_to_listen_on() => Assert.Equal(
        (1, "", "error: signaling.node.host is \"192.0.2.77\", which is no address of this machine; where the other nodes reach it " +
            "under that one all the same, set signaling.node.listenHost to one of its own, or to 0.0.0.0 to listen on all."),
        await GatewayRun.ToItsEndAsync(_folder.Path, ["--profile", "static", "--cluster-host", "192.0.2.77"]));

    [Fact]
    public async Task The_port_is_looked_at_where_the_node_listens()
    {
        using var taken = new TcpListener(IPAddress.Parse("127.0.0.3"), 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Assert.Equal(
            (1, "", $"error: signaling.node.port is {port}, a port that is in use; stop the program that has it, or choose another."),
            await GatewayRun.ToItsEndAsync(
                _folder.Path, ["--profile", "kubernetes", "--cluster-port", $"{port}"], ("SIGNALING__NODE__LISTENHOST", "127.0.0.3")));
    }

    private static async Task ConnectAsync(string address, int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, port);
    }
}
