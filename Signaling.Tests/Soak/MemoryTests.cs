using Signaling.Actors.Protocol;
using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

/// <summary>Whatever peers do, what they cost is bounded, and nobody else notices.</summary>
[Collection(SoakCollection.Name)]
public sealed class MemoryTests(ITestOutputHelper output)
{
    private const short Link = 1;
    private const int Guests = 5_000;
    private const int Most = 8192; // messages of 16 KiB: more than any buffers hold

    [Fact]
    public async Task Two_that_both_send_and_do_not_read_lose_their_link()
    {
        await using var cluster = await FaultCluster.StartAsync(3);
        await using var others = await ConversationLoad.StartAsync(Seating.Behind(cluster, "beside", 20), Seating.Steadily);
        await using var memory = new MemoryWatch(cluster.Running);
        others.Forget();

        await using var host = await Flood.StartAsync(
            cluster.Nodes[0].App(FaultCluster.App), Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "deaf"), reads: false, mostPerLink: Most);
        await Listening.UntilHeldAsync(cluster.Nodes[2].App(FaultCluster.App), "deaf");
        await using var guest = await Flood.StartAsync(
            cluster.Nodes[1].App(FaultCluster.App), Frame.Of(EventType.NewConnection, Link, "deaf"), reads: false, Link, Most);
        host.FloodFirstGuests(2); // who asked whether the address is held was the first
        await ConversationLoad.GoOnAsync(Promises.Stall * Promises.Slack);
        host.Peer.StartReading();
        guest.Peer.StartReading();
        await Task.WhenAny(Task.WhenAll(host.Over, guest.Over), Task.Delay(Promises.Stall));
        var report = await others.StopAsync();

        output.Say(
            "soak-two-deaf",
            [
                ("host_over", host.Over.IsCompleted), ("guest_over", guest.Over.IsCompleted), ("host_taken_mib", host.Bytes >> 20),
                ("guest_taken_mib", guest.Bytes >> 20), .. memory.Figures, .. report.Figures,
            ]);
        Assert.True(host.Over.IsCompleted && guest.Over.IsCompleted, "A link goes on although neither reads.");
        Assert.InRange(memory.Growth, 0, Bounds.GrowthMiB);
        report.AssertUndisturbed();
    }

    [Fact]
    public async Task A_listener_whose_five_thousand_guests_read_nothing_costs_what_it_may()
    {
        await using var cluster = await FaultCluster.StartAsync(3);
        await using var others = await ConversationLoad.StartAsync(Seating.Behind(cluster, "beside", 20), Seating.Steadily);
        await using var memory = new MemoryWatch(cluster.Running);
        await using var listener = await Flood.StartAsync(
            cluster.Nodes[0].App(FaultCluster.App), Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "stage"), mostPerLink: 64);
        await Listening.UntilHeldAsync(cluster.Nodes[1].App(FaultCluster.App), "stage");
        others.Forget();

        var guests = new QueuedPeer[Guests];
        await Parallel.ForAsync(0, Guests, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            guests[i] = await QueuedPeer.ConnectAsync(cluster.Nodes[1 + (i % 2)].App(FaultCluster.App), Promises.Answer, reads: false);
            await guests[i].SendAsync(Frame.Of(EventType.NewConnection, Link, "stage"));
        });
        await ConversationLoad.GoOnAsync(TimeSpan.FromSeconds(60));
        var (opened, ended) = listener.Links;
        var report = await others.StopAsync();
        foreach (var guest in guests)
            guest.Dispose();

        output.Say(
            "soak-deaf-guests",
            [("opened", opened), ("ended", ended), ("taken_mib", listener.Bytes >> 20), .. memory.Figures, .. report.Figures]);
        Assert.Null(listener.End);
        Assert.InRange(memory.Growth, 0, Bounds.GrowthMiB + (Guests * Bounds.GrowthPerPeerKiB / 1024));
        report.AssertUndisturbed();
    }
}
