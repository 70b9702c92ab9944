using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

/// <summary>Each node in its turn is asked to stop and started again.</summary>
internal static class RollingRestart
{
    private const int GoingAway = 1001;

    /// <summary>Restarts all nodes, the oldest first.</summary>
    /// <param name="cluster">A whole cluster.</param>
    /// <param name="conversations">How many go on by the proxy, each followed by another when it ends.</param>
    /// <param name="elsewhere">How many go on, at each step, between the nodes that stay, at addresses of the one that leaves.</param>
    /// <param name="output">Where its figures go.</param>
    /// <param name="name">Their name.</param>
    public static async Task RunAsync(FaultCluster cluster, int conversations, int elsewhere, ITestOutputHelper output, string name)
    {
        await using var load = await ConversationLoad.StartAsync(Seating.Behind(cluster, name, conversations), Seating.Steadily, renew: true);
        await using var calls = CallLoad.Start(cluster.Entrance);
        var start = Moment.Now;
        ClusterNode[] turns = [.. cluster.Nodes];
        var stayed = new List<LoadReport>();
        var exits = new List<TimeSpan>();
        foreach (var leaving in turns)
        {
            ClusterNode[] others = [.. turns.Where(node => node != leaving)];
            await using var besides = await ConversationLoad.StartAsync(
                Seating.Between(others[0], others[1], await Seating.AddressesOnAsync(leaving, name, elsewhere)), Seating.Steadily);
            var term = Moment.Now;
            await AddressNodeLoss.TerminateAsync(leaving);
            exits.Add(term.Ago);
            await cluster.RestartAsync(leaving);
            stayed.Add(await besides.StopAsync());
        }

        var took = start.Ago;
        await calls.StopAsync();
        var report = await load.StopAsync();
        PeerEnd[] ends = [.. load.Conversations.SelectMany(one => new[] { one.Host.End, one.Guest.End }).OfType<PeerEnd>()
            .Where(end => end is not { Reason: "left" })];
        output.Say(
            name,
            [
                ("took", took), ("slowest_exit", exits.Max()), ("closed_1001", ends.Count(end => end.Status == GoingAway)),
                ("closed_otherwise", ends.Count(end => end.Status != GoingAway)), .. report.Figures, .. calls.Figures,
                ("stayed_lost", stayed.Sum(one => one.Lost)), ("stayed_hold_up", stayed.Max(one => one.HoldUp)),
                ("stayed_ended", stayed.Sum(one => one.Conversations - one.Open)),
            ]);
        Assert.All(stayed, one => one.AssertUndisturbed());
        report.AssertIntact();
        Assert.InRange(report.HoldUp, TimeSpan.Zero, Promises.HoldUp * Promises.Slack);
        Assert.NotEmpty(ends);
        Assert.All(ends, end => Assert.Equal(GoingAway, end.Status));
        calls.AssertAllWorked();
    }
}
