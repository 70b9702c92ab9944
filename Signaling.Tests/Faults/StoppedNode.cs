using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

/// <summary>A gateway stands still for a while (SIGSTOP), as one does whose machine sleeps, and goes on.</summary>
internal static class StoppedNode
{
    private const int Conversations = 20;
    private const int Contended = 6;

    /// <summary>Longer than its lease: it may not serve any more when it goes on.</summary>
    private static bool LosesLease(TimeSpan time) => time > Promises.Lease;

    /// <summary>Stops a gateway of a whole cluster.</summary>
    /// <param name="cluster">Of three nodes.</param>
    /// <param name="victim">The gateway.</param>
    /// <param name="time">For how long.</param>
    /// <param name="output">Where its figures go.</param>
    /// <param name="name">Their name.</param>
    public static async Task RunAsync(FaultCluster cluster, ClusterNode victim, TimeSpan time, ITestOutputHelper output, string name)
    {
        ClusterNode[] others = [.. cluster.Nodes.Where(node => node != victim)];
        var turn = Moment.Now.Ticks;
        await using var spared = await ConversationLoad.StartAsync(
            Seating.Between(others[0], others[1], await Seating.AddressesOnAsync(victim, name, Conversations)), Seating.Steadily);
        await using var hit = await ConversationLoad.StartAsync(
            Seating.Between(victim, others[0], Enumerable.Range(0, Contended).Select(i => $"{name} {turn} {i}")), Seating.Steadily);
        await using var contest = await Contest.StartAsync(cluster, victim, $"{name} {turn}", Contended);
        spared.Forget();

        var stopped = Moment.Now;
        victim.Send(Signal.Stop);
        contest.Claims.CutOff(victim.Number, stopped);
        try
        {
            await ConversationLoad.GoOnAsync(time);
        }
        finally
        {
            victim.Send(Signal.Continue);
        }

        var continued = Moment.Now;
        int? exitCode = LosesLease(time) ? await victim.WaitForExitAsync(Promises.ToldOver) : null;
        var exit = continued.Ago;
        await cluster.RestartAsync(victim);
        var whole = continued.Ago;
        await contest.EndAsync(passOn: LosesLease(time));

        var hitReport = await hit.StopAsync();
        var sparedReport = await spared.StopAsync();
        var free = contest.Claims.FreeAgain(victim.Number, stopped);
        var spoken = contest.Claims.SpokenTo(victim.Number, stopped, continued);
        output.Say(
            name,
            [
                ("stopped_for", time), ("exit_code", exitCode?.ToString() ?? "runs"), ("exit_after", exit), ("whole_after", whole),
                ("claims", contest.Claims.Count), ("two_holders", contest.Claims.Doubles(Moment.Now).Count), ("held", free.Count),
                ("free_again", free.Count(one => one is not null)), ("free_after", free.Max() ?? TimeSpan.Zero), ("spoke_after", spoken),
                ("hit_open", hitReport.Open), ("gaps", hitReport.Lost), .. sparedReport.Figures,
            ]);
        contest.Claims.AssertNeverTwo();
        sparedReport.AssertUndisturbed();
        hitReport.AssertIntact();
        if (LosesLease(time))
        {
            Assert.NotEqual(0, exitCode);
            Assert.Equal(0, spoken);
            Assert.Equal(0, hitReport.Open);
            Assert.All(free, one => Assert.NotNull(one));
        }
        else
        {
            Assert.Equal(hitReport.Conversations, hitReport.Open);
            Assert.Equal(Contended, contest.Claims.Count);
        }
    }
}
