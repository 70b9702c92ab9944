using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

[Collection(FaultCollection.Name)]
public sealed class KilledNodeTests(ThreeFaultNodes nodes, ITestOutputHelper output)
{
    [Fact]
    public async Task When_the_node_of_their_addresses_is_killed_no_conversation_notices_and_calls_work_again_soon()
    {
        var cluster = await nodes.WholeAsync();
        var victim = cluster.Nodes[2];
        await AddressNodeLoss.RunAsync(cluster, victim, output, "kill-address-node", () => AddressNodeLoss.KillAsync(victim));
    }

    [Fact]
    public async Task When_a_gateway_is_killed_those_its_peers_talked_to_are_told_and_their_addresses_are_free_again()
    {
        var cluster = await nodes.WholeAsync();
        var victim = cluster.Nodes[1];
        await GatewayLoss.RunAsync(cluster, victim, output, "kill-gateway", () => AddressNodeLoss.KillAsync(victim));
    }
}
