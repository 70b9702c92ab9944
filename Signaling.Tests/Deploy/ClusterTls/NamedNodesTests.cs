using Signaling.Tests.Faults;
using Xunit;

namespace Signaling.Tests.Deploy.ClusterTls;

public sealed class NamedNodesTests
{
    [Fact]
    public async Task Nodes_that_are_reached_by_a_name_and_listen_at_an_address_find_each_other()
    {
        using var ca = new ClusterCa();
        var files = ca.Issue("localhost");
        int[] ports = [Ports.Take(), Ports.Take()];
        string[] seeds = [.. ports.Select(port => $"localhost:{port}")];
        var trusted = await File.ReadAllTextAsync(ca.Certificate);
        await using var one = new LoneNode("localhost", ports[0], seeds, (files, trusted), ("SIGNALING__NODE__LISTENHOST", "127.0.0.1"));
        await using var other = new LoneNode("localhost", ports[1], seeds, (files, trusted), ("SIGNALING__NODE__LISTENHOST", "127.0.0.1"));

        // With two seeds it takes both.
        await one.WaitForLineAsync($"Node akka.ssl.tcp://signaling@localhost:{ports[0]} is up.");
        await other.WaitForLineAsync($"Node akka.ssl.tcp://signaling@localhost:{ports[1]} is up.");
    }
}
