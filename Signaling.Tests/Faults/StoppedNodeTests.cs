using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

[Collection(FaultCollection.Name)]
public sealed class StoppedNodeTests(ThreeFaultNodes nodes, ITestOutputHelper output)
{
    [Fact]
    public async Task A_gateway_that_stood_still_for_longer_than_its_lease_serves_nobody_any_more_and_comes_back_anew()
    {
        var cluster = await nodes.WholeAsync();
        await StoppedNode.RunAsync(cluster, cluster.Nodes[1], TimeSpan.FromSeconds(12), output, "stop-12");
    }
}
