using System.Diagnostics;
using Signaling.Tests.Cluster;
using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Budgets;

/// <summary>
/// What a relayed message costs the gateway's process, told in what a message costs a process that does the least with it: sends
/// it back over Kestrel's WebSockets. Both are measured by turns, with the same client.
/// </summary>
[Collection(BudgetCollection.Name)]
public sealed class ProcessorTests(ITestOutputHelper output)
{
    private const int Size = 200;
    private const int Pairs = 16;
    private const int Turns = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(0.8);

    [Theory]
    [InlineData(1, Allowed.Echoes)]
    [InlineData(16, Allowed.EchoesTogether)]
    public async Task A_message_costs_no_more_processor_time_than_its_budget_of_echoes(int atOnce, double budget)
    {
        await using var node = await NodeProcess.StartAsync(
            settings: "\"log_verbose\": false,", environment: ("SIGNALING__SOCKETS__PINGINTERVAL", "01:00:00")); // the clients answer no pings
        await using var echo = await EchoProcess.StartAsync();
        using var relayed = new RelayedLoad(node.App("/callapp"), Pairs, Size, atOnce);
        using var echoed = new EchoedLoad(echo.Url, Pairs, Size, atOnce);
        Run(relayed, node.Id, WarmUp);
        Run(echoed, echo.Id, WarmUp);

        var turns = Enumerable.Range(0, Turns).Select(_ => (Node: Run(relayed, node.Id, Turn), Echo: Run(echoed, echo.Id, Turn))).ToArray();
        var ratio = Median(turns.Select(turn => turn.Node / turn.Echo));

        output.Say(
            "budget-processor",
            ("at_once", atOnce),
            ("us_per_message", Math.Round(Median(turns.Select(turn => turn.Node)), 2)),
            ("us_per_echo", Math.Round(Median(turns.Select(turn => turn.Echo)), 2)),
            ("ratio", Math.Round(ratio, 2)),
            ("ratios", string.Join('/', turns.Select(turn => $"{turn.Node / turn.Echo:0.00}"))),
            ("budget", budget));
        Assert.True(ratio <= budget, $"A message costs {ratio:0.00} echoes, more than the {budget} that Allowed has for {atOnce} at once.");
    }

    // The figure is the server's processor time for each message, in us.
    private static double Run(ILockstepLoad load, int process, TimeSpan duration)
    {
        using var server = Process.GetProcessById(process);
        var (before, start, messages) = (server.TotalProcessorTime, Stopwatch.GetTimestamp(), 0L);
        while (Stopwatch.GetElapsedTime(start) < duration)
            messages += load.Step();
        server.Refresh();
        return (server.TotalProcessorTime - before).TotalMicroseconds / messages;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
