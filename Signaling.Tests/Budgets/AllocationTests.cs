using Signaling.Benchmarks.Rigs;
using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Budgets;

/// <summary>What a relayed message allocates. Allocations do not swing with the machine, so these budgets are narrow.</summary>
[Collection(BudgetCollection.Name)]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Size = 200;
    private const int WarmUp = 20_000;
    private const int Messages = 50_000;
    private const int Together = 16;

    [Theory]
    [InlineData(1, Allowed.ActorBytes)]
    [InlineData(Together, Allowed.ActorBytesTogether)]
    public async Task A_message_costs_the_actors_no_more_memory_than_its_budget(int atOnce, double budget)
    {
        await using var pair = await ActorPair.StartAsync(Size);

        AssertWithin(budget, $"actors-{atOnce}", Measure(() => pair.Relay(atOnce), atOnce));
    }

    [Theory]
    [InlineData(1, Allowed.SocketBytes)]
    [InlineData(Together, Allowed.SocketBytesTogether)]
    public async Task A_message_costs_the_service_no_more_memory_than_its_budget(int atOnce, double budget)
    {
        await using var gateway = await LoopbackGateway.StartAsync();
        using var pair = new RawPair(gateway.App, "room", Size, atOnce);

        AssertWithin(budget, $"sockets-{atOnce}", Measure(
            () =>
            {
                pair.GuestSays();
                pair.HolderHears();
                pair.HolderSays();
                pair.GuestHears();
            },
            2 * atOnce));
    }

    // The least of three: whatever else the process does meanwhile only adds.
    private static double Measure(Action relay, int messages)
    {
        for (var i = 0; i < WarmUp; i += messages)
            relay();
        return Enumerable.Range(0, 3).Min(_ =>
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var done = 0;
            for (; done < Messages / 3; done += messages)
                relay();
            return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)done;
        });
    }

    private void AssertWithin(double budget, string what, double bytes)
    {
        output.Say("budget-allocations", ("what", what), ("bytes_per_message", Math.Round(bytes, 1)), ("budget", budget));
        Assert.True(bytes <= budget, $"A message allocates {bytes:0.0} bytes, more than the {budget} that Allowed has for {what}.");
    }
}
