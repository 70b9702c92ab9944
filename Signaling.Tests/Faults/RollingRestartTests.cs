using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

[Collection(FaultCollection.Name)]
public sealed class RollingRestartTests(ThreeFaultNodes nodes, ITestOutputHelper output)
{
    [Fact]
    public async Task When_all_nodes_are_restarted_in_turn_nothing_is_lost_and_every_call_works_by_its_second_try() =>
        await RollingRestart.RunAsync(await nodes.WholeAsync(), conversations: 20, elsewhere: 15, output, "rolling-restart");
}
