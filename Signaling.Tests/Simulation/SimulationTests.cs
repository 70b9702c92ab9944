using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Simulation;

/// <summary>
/// Histories of a cluster to which everything happens, each out of a seed. More on demand: <c>SIGNALING_SIM_SEEDS=from..to</c>.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const string Default = "0..100000";
    private const double MostUnwell = 0.05;

    [Fact]
    public void No_history_breaks_an_invariant()
    {
        var seeds = (Environment.GetEnvironmentVariable("SIGNALING_SIM_SEEDS") ?? Default).Split("..");
        var (from, to) = (long.Parse(seeds[0], CultureInfo.InvariantCulture), long.Parse(seeds[1], CultureInfo.InvariantCulture));
        var totals = new HistoryTotals();
        Parallel.For(from, to, () => new HistoryTotals(), (seed, loop, mine) =>
        {
            if (!mine.Run((ulong)seed))
                loop.Stop();
            return mine;
        }, totals.Add);

        output.WriteLine(totals.ToString());
        if (totals.Failed is { } failed)
            Assert.Fail(Seed.Explain(failed));
        Assert.Equal(to - from, totals.Histories);
        Assert.True(totals.LeastNodes >= 3 && totals.LeastPeers >= 6 && totals.LeastEvents >= 200 && totals.LeastFaults >= 2, totals.ToString());
        Assert.True(totals.Unwell < MostUnwell * totals.Histories, $"{totals.Unwell} histories end with a cluster that is not well.");
        if (totals.Histories >= 100_000)
            Assert.DoesNotContain(0, totals.Met);
    }
}
