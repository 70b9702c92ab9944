using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

/// <summary>One node of three is cut off from the others, and all peers still reach all nodes.</summary>
[Collection(SoakCollection.Name)]
public sealed class PartitionTests(ITestOutputHelper output)
{
    private const int Addresses = 6;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(2)]
    [InlineData(0)] // the oldest, which is the first seed too
    public async Task The_smaller_side_serves_nobody_and_comes_back_by_itself(int minority)
    {
        using var networks = new NodeNetworks(3);
        await using var cluster = await FaultCluster.StartAsync(3, networks: networks);
        var alone = cluster.Nodes[minority];
        ClusterNode[] others = [.. cluster.Nodes.Where(node => node != alone)];
        foreach (var node in cluster.Nodes)
            cluster.Supervise(node);

        await using var spared = await ConversationLoad.StartAsync(
            Seating.Between(others[0], others[1], await Seating.AddressesOnAsync(alone, "cut", 20)), Seating.Steadily);
        await using var hit = await ConversationLoad.StartAsync(
            Seating.Between(alone, others[0], Enumerable.Range(0, Addresses).Select(i => $"across {i}")), Seating.Steadily);
        await using var contest = await Contest.StartAsync(cluster, alone, "cut", Addresses);
        spared.Forget();

        var cut = Moment.Now;
        networks.Cut(alone.Number);
        contest.Claims.CutOff(alone.Number, cut);
        await ConversationLoad.GoOnAsync(Long);
        Moment[] told = [.. hit.Conversations.SelectMany(one => new[] { one.Host, one.Guest })
            .Select(speaker => speaker.End?.At ?? speaker.ToldOver ?? Moment.Now)];
        var grantsMeanwhile = contest.Claims.GrantsOf(alone.Number, cut);
        networks.Heal(alone.Number);
        var healed = Moment.Now;
        await cluster.WholeAsync();
        var whole = healed.Ago;
        await contest.EndAsync(passOn: true);
        var hitReport = await hit.StopAsync();
        var sparedReport = await spared.StopAsync();
        var free = contest.Claims.FreeAgain(alone.Number, cut);

        output.Say(
            $"soak-partition-{minority}",
            [
                ("cut_for", Long), ("whole_after", whole), ("exit_codes", string.Join(',', alone.ExitCodes)),
                ("others_exits", others.Sum(node => node.ExitCodes.Count)), ("claims", contest.Claims.Count),
                ("two_holders", contest.Claims.Doubles(Moment.Now).Count), ("grants_of_the_minority", grantsMeanwhile),
                ("free_after", free.Max() ?? TimeSpan.Zero), ("told_after", told.Max(at => at - cut)), ("hit_open", hitReport.Open),
                ("gaps", hitReport.Lost), .. sparedReport.Figures,
            ]);
        contest.Claims.AssertNeverTwo();
        sparedReport.AssertUndisturbed();
        hitReport.AssertIntact();
        Assert.Equal((0, 0), (hitReport.Open, grantsMeanwhile));
        Assert.All(told, at => Assert.InRange(at - cut, TimeSpan.Zero, Promises.ToldOver));
        Assert.All(free, one => Assert.NotNull(one));
        Assert.All(others, node => Assert.Empty(node.ExitCodes));
        Assert.NotEmpty(alone.ExitCodes);
        Assert.DoesNotContain(0, alone.ExitCodes);
    }
}
