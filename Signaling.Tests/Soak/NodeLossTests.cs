using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

/// <summary>Each node by itself, lost in each way.</summary>
[Collection(SoakCollection.Name)]
public sealed class NodeLossTests(ITestOutputHelper output)
{
    private const int Runs = 5;

    [Fact]
    public async Task Five_times_the_node_of_the_addresses_is_killed()
    {
        await using var cluster = await FaultCluster.StartAsync(3);
        var runs = new List<(TimeSpan HoldUp, TimeSpan CallsAgain)>();
        for (var run = 0; run < Runs; run++)
        {
            var victim = cluster.Nodes[run % 3];
            runs.Add(await AddressNodeLoss.RunAsync(cluster, victim, output, "soak-kill-address-node", () => AddressNodeLoss.KillAsync(victim)));
            await cluster.RestartAsync(victim);
        }

        output.Say(
            "soak-kill-address-node-median",
            [
                ("runs", Runs), ("hold_up", Figures.Median(runs.Select(run => run.HoldUp))),
                ("calls_again", Figures.Median(runs.Select(run => run.CallsAgain))),
            ]);
    }

    [Fact]
    public async Task Each_node_the_oldest_first_is_asked_to_stop_while_its_addresses_are_in_use()
    {
        await using var cluster = await FaultCluster.StartAsync(3);
        foreach (var victim in cluster.Nodes)
        {
            await AddressNodeLoss.RunAsync(cluster, victim, output, "soak-term-address-node", () => AddressNodeLoss.TerminateAsync(victim));
            await cluster.RestartAsync(victim);
        }
    }

    [Fact]
    public async Task Each_node_the_oldest_first_is_killed_with_its_peers()
    {
        await using var cluster = await FaultCluster.StartAsync(3);
        foreach (var victim in cluster.Nodes)
        {
            await GatewayLoss.RunAsync(cluster, victim, output, "soak-kill-gateway", () => AddressNodeLoss.KillAsync(victim));
            await cluster.RestartAsync(victim);
        }
    }

    [Fact]
    public async Task A_process_that_is_killed_and_started_again_at_once_on_its_ports_is_another_node()
    {
        await using var cluster = await FaultCluster.StartAsync(3);
        foreach (var victim in cluster.Nodes)
        {
            await using var contest = await Contest.StartAsync(cluster, victim, $"at once {victim.Number}", addresses: 6);
            await AddressNodeLoss.RunAsync(cluster, victim, output, "soak-restart-at-once", async () =>
            {
                await AddressNodeLoss.KillAsync(victim);
                cluster.Start(victim);
            });
            await cluster.WholeAsync();
            await contest.EndAsync(passOn: true);
            contest.Claims.AssertNeverTwo();
        }
    }

    [Fact]
    public async Task Five_nodes_under_twice_the_load_are_restarted_in_turn()
    {
        await using var cluster = await FaultCluster.StartAsync(5);
        await RollingRestart.RunAsync(cluster, conversations: 40, elsewhere: 20, output, "soak-rolling-restart-of-five");
    }
}
