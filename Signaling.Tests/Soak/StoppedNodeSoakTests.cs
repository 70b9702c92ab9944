using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

[Collection(SoakCollection.Name)]
public sealed class StoppedNodeSoakTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(3, 2)]
    [InlineData(12, 0)]
    [InlineData(40, 1)]
    public async Task A_gateway_that_stands_still_for_a_while_never_makes_for_two_holders(int seconds, int node)
    {
        await using var cluster = await FaultCluster.StartAsync(3);
        await StoppedNode.RunAsync(cluster, cluster.Nodes[node], TimeSpan.FromSeconds(seconds), output, $"soak-stop-{seconds}");
    }
}
