using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

[Collection(FaultCollection.Name)]
public sealed class NoFaultTests(ThreeFaultNodes nodes, ITestOutputHelper output)
{
    [Fact]
    public async Task Without_a_fault_nothing_is_lost_and_every_call_works()
    {
        var cluster = await nodes.WholeAsync();
        await using var load = await ConversationLoad.StartAsync(Seating.Behind(cluster, "calm", 50), Seating.Steadily);
        await using var calls = CallLoad.Start(cluster.Entrance);
        await ConversationLoad.GoOnAsync(TimeSpan.FromSeconds(5));
        await calls.StopAsync();
        var report = await load.StopAsync();

        output.Say("no-fault", report.Figures.Concat(calls.Figures));
        report.AssertUndisturbed();
        calls.AssertAllWorked();
        Assert.Equal(0, calls.FirstTriesFailed);
    }
}
