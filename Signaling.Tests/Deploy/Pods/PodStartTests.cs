using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Deploy.Pods;

[Collection(PodsCollection.Name)]
public sealed class PodStartTests(ThreePods pods, ITestOutputHelper output)
{
    [Fact]
    public async Task Three_pods_that_start_together_become_ready_by_the_charts_own_probes_and_take_calls_across()
    {
        var start = await pods.StartAsync();
        output.Say("pods-start-3", start.Figures);
        Assert.InRange(start.FirstCall, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }
}
