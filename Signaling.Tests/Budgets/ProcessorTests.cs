using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Budgets;

/// <summary>
/// What a relayed message costs the gateway's process, told in what a message costs a process that does the least with it: sends
/// it back over Kestrel's WebSockets. Both are measured by turns, with the same client. Short turns, many of them, so that what
/// else the machine does falls on both.
/// </summary>
[Collection(BudgetCollection.Name)]
public sealed class ProcessorTests(MeasuredServers servers, ITestOutputHelper output) : IClassFixture<MeasuredServers>
{
    private const int Turns = 15;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData(1, Allowed.Echoes)]
    [InlineData(16, Allowed.EchoesTogether)]
    public void A_message_costs_no_more_processor_time_than_its_budget_of_echoes(int atOnce, double budget)
    {
        using var relayed = servers.Relay(atOnce, $"measured {atOnce}");
        using var echoed = servers.Echo(atOnce);

        var turns = Enumerable.Range(0, Turns).Select(_ => (Relay: MeasuredServers.CostOf(relayed, Turn), Echo: MeasuredServers.CostOf(echoed, Turn))).ToArray();
        var echoes = Median(turns.Select(turn => turn.Relay / turn.Echo));

        output.Say(
            "budget-processor",
            ("at_once", atOnce),
            ("us_per_message", Math.Round(Median(turns.Select(turn => turn.Relay)), 2)),
            ("us_per_echo", Math.Round(Median(turns.Select(turn => turn.Echo)), 2)),
            ("echoes", Math.Round(echoes, 2)),
            ("turns", string.Join('/', turns.Select(turn => $"{turn.Relay / turn.Echo:0.0}"))),
            ("budget", budget));
        Assert.True(echoes <= budget, $"A message costs {echoes:0.00} echoes, more than the {budget} that Allowed has for {atOnce} at once.");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
