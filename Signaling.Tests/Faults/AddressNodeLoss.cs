using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

/// <summary>The node that the addresses live on goes, in one way or another; all peers are on others.</summary>
internal static class AddressNodeLoss
{
    private const int Conversations = 50;

    /// <summary>Takes the node out of a whole cluster.</summary>
    /// <param name="cluster">Of three nodes.</param>
    /// <param name="victim">The node.</param>
    /// <param name="output">Where its figures go.</param>
    /// <param name="name">Their name.</param>
    /// <param name="takeOut">What is done to the node; ends when its process has.</param>
    /// <returns>How long an open conversation was held up, and how long until new calls worked again.</returns>
    public static async Task<(TimeSpan HoldUp, TimeSpan CallsAgain)> RunAsync(
        FaultCluster cluster, ClusterNode victim, ITestOutputHelper output, string name, Func<Task> takeOut)
    {
        ClusterNode[] others = [.. cluster.Nodes.Where(node => node != victim)];
        var addresses = await Seating.AddressesOnAsync(victim, name, Conversations);
        await using var load = await ConversationLoad.StartAsync(Seating.Between(others[0], others[1], addresses), Seating.Steadily);
        await using var calls = AddressCalls.Start(addresses.Select((address, i) => (others[i % 2].App(FaultCluster.App), address)));
        Assert.True(await calls.WorkAgainAsync(Moment.Now, addresses.Length, Promises.Answer), "Not every address can be called before the fault.");
        load.Forget();

        var fault = Moment.Now;
        var gone = takeOut();
        calls.Hurry();
        await gone;
        await calls.WorkAgainAsync(fault, addresses.Length, Promises.CallsAgain * Promises.Slack);
        await calls.StopAsync();
        var report = await load.StopAsync();
        var callReport = calls.Report(fault);
        var free = await Sweep.NotDeniedAsync(addresses, others);

        output.Say(name, [("victim", victim.Number), .. report.Figures, .. callReport.Figures, ("addresses_forgotten", free.Length)]);
        report.AssertUndisturbed();
        callReport.AssertKept(addresses.Length);
        Assert.Empty(free);
        return (report.HoldUp, callReport.CallsAgain);
    }

    /// <summary>Ends a node's process without a word.</summary>
    public static async Task KillAsync(ClusterNode node)
    {
        node.Send(Signal.Kill);
        await node.WaitForExitAsync(Promises.Answer);
    }

    /// <summary>Asks a node to end, which it does well.</summary>
    public static async Task TerminateAsync(ClusterNode node)
    {
        node.Send(Signal.Term);
        Assert.Equal(0, await node.WaitForExitAsync(Promises.Drain));
    }
}
