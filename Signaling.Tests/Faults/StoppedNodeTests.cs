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

    // Frames go by their address as long as it is not silent: a straight way is for its silence alone.
    [Fact]
    public async Task While_the_address_node_stands_still_no_frame_passes_for_400_ms_then_all_do()
    {
        var cluster = await nodes.WholeAsync();
        var victim = cluster.Nodes[2];
        await using var load = await ConversationLoad.StartAsync(
            Seating.Between(cluster.Nodes[0], cluster.Nodes[1], await Seating.AddressesOnAsync(victim, "still", 20)), Seating.Steadily);
        load.Forget();

        victim.Send(Signal.Stop);
        await ConversationLoad.GoOnAsync(Promises.HoldUp * Promises.Slack);
        victim.Send(Signal.Continue);

        TimeSpan[] silences = [.. load.Conversations.SelectMany(one => one.Directions).Select(way => way.LongestGap)];
        var report = await load.StopAsync();
        output.Say("still-3", [("shortest_silence", silences.Min()), ("longest_silence", silences.Max()), .. report.Figures]);
        Assert.All(silences, silence => Assert.True(silence >= TimeSpan.FromMilliseconds(400), $"A frame passed after {silence}."));
        report.AssertUndisturbed();
    }
}
