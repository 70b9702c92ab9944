using Xunit;

namespace Signaling.Tests.Simulation;

public sealed class RandomHistoryTests
{
    private const int Histories = 20_000;
    private const int Events = 200;

    [Fact]
    public void No_history_of_peers_that_do_as_they_like_breaks_an_invariant() =>
        Parallel.For(0, Histories, seed => RandomHistory.Run(seed, Events));
}
