using Signaling.Actors.Protocol;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

[Collection(FaultCollection.Name)]
public sealed class SlowReceiverTests(ThreeFaultNodes nodes, ITestOutputHelper output)
{
    private const short Link = 1;

    [Fact]
    public async Task A_receiver_that_reads_nothing_loses_its_link_and_nobody_else_notices()
    {
        var cluster = await nodes.WholeAsync();
        var (sending, receiving) = (cluster.Nodes[0].App(FaultCluster.App), cluster.Nodes[1].App(FaultCluster.App));
        var address = $"slow {Moment.Now.Ticks}";
        await using var others = await ConversationLoad.StartAsync(Seating.Behind(cluster, "beside", 20), Seating.Steadily);
        await using var memory = new MemoryWatch(cluster.Running);
        using var receiver = await QueuedPeer.ConnectAsync(receiving, Promises.Answer, reads: false);
        await receiver.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
        await Listening.UntilHeldAsync(sending, address);
        others.Forget();

        await using var sender = await Flood.StartAsync(sending, Frame.Of(EventType.NewConnection, Link, address));
        await Task.WhenAny(sender.Over, Task.Delay(Promises.Stall * Promises.Slack));
        var stalled = sender.LastTaken.Ago;
        var report = await others.StopAsync();

        output.Say(
            "slow-receiver",
            [
                ("told", sender.Links.Ended), ("told_after_stall", stalled), ("taken_mib", sender.Bytes >> 20),
                .. memory.Figures, .. report.Figures,
            ]);
        Assert.Equal((1, 1), sender.Links);
        Assert.Null(sender.End);
        Assert.InRange(memory.Growth, 0, Bounds.GrowthMiB);
        report.AssertUndisturbed();
    }
}
