using Signaling.Actors.Protocol;
using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

[Collection(SoakCollection.Name)]
public sealed class DeafGuestTests(ITestOutputHelper output)
{
    private const string Address = "table";
    private const short Link = 1;
    private const int Guests = 9;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task One_guest_reads_nothing_and_comes_again_and_again_and_nine_others_are_never_held_up()
    {
        await using var cluster = await FaultCluster.StartAsync(3);
        Uri[] entrances = [.. cluster.Nodes.Select(node => node.App(FaultCluster.App))];
        await using var hub = await Hub.ListenAsync(entrances[0], Address);
        await Listening.UntilHeldAsync(entrances[1], Address);
        for (var i = 0; i < Guests; i++)
            await hub.InviteAsync(entrances[i % 3], Address);
        await ConversationLoad.GoOnAsync(TimeSpan.FromSeconds(2));
        foreach (var guest in hub.Guests)
        {
            guest.FromHub.Forget();
            guest.ToHub.Forget();
        }

        await using var memory = new MemoryWatch(cluster.Running);
        var visits = await ComeAgainAndAgainAsync(hub, entrances[1]);
        await hub.FallSilentAsync(Promises.Answer);

        Direction[] ways = [.. hub.Guests.SelectMany(guest => new[] { guest.FromHub, guest.ToHub })];
        var holdUp = ways.Max(way => way.HoldUp(Moment.Now));
        output.Say(
            "soak-deaf-guest",
            [
                ("visits", visits), ("ended", hub.SilentEnded), ("guests", hub.Guests.Count), ("said", ways.Sum(way => way.Said)),
                ("lost", ways.Sum(way => way.Lost)), ("duplicates", ways.Sum(way => way.Duplicates)),
                ("out_of_order", ways.Sum(way => way.OutOfOrder)), ("hold_up", holdUp), .. memory.Figures,
            ]);
        Assert.True(visits > 1, "The deaf guest came only once: its link does not end.");
        Assert.Null(hub.End);
        Assert.All(hub.Guests, guest => Assert.False(guest.Ended));
        Assert.All(ways, way => Assert.True(way.Said > 100, "A guest and the hub hardly talked."));
        Assert.All(ways, way => Assert.Equal((0, 0, 0, 0), (way.Lost, way.Duplicates, way.OutOfOrder, way.Foreign)));
        Assert.InRange(holdUp, TimeSpan.Zero, Promises.HoldUp * Promises.Slack);
        Assert.InRange(memory.Growth, 0, Bounds.GrowthMiB);
    }

    // Each time until the hub is told that its link is over.
    private static async Task<int> ComeAgainAndAgainAsync(Hub hub, Uri entrance)
    {
        var visits = 0;
        for (var start = Moment.Now; start.Ago < Long; visits++)
        {
            var ended = hub.SilentEnded;
            using var deaf = await QueuedPeer.ConnectAsync(entrance, Promises.Answer, reads: false);
            await deaf.SendAsync(Frame.Of(EventType.NewConnection, Link, Address));
            using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (hub.SilentEnded == ended && start.Ago < Long)
                await again.WaitForNextTickAsync();
        }

        return visits;
    }
}
