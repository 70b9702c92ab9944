using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

[Collection(SoakCollection.Name)]
public sealed class ManyReservationsTests(ITestOutputHelper output)
{
    private const int Reservations = 10_000;
    private const int Probed = 100;

    [Fact]
    public async Task Ten_thousand_reservations_stand_after_the_node_of_their_addresses_is_lost()
    {
        await using var cluster = await FaultCluster.StartAsync(3);
        var victim = cluster.Nodes[2];
        ClusterNode[] others = [.. cluster.Nodes.Where(node => node != victim)];
        var addresses = await Seating.AddressesOnAsync(victim, "many", Reservations);
        var hosts = await Seating.AddressesOnAsync(victim, "probe", Probed);
        using var crowd = await Crowd.ListenAsync(addresses, others);
        Assert.Equal((Reservations, 0), (crowd.Granted, crowd.Told));
        await using var load = await ConversationLoad.StartAsync(Seating.Between(others[0], others[1], hosts), Seating.Steadily * 4);
        await using var calls = AddressCalls.Start(hosts.Select((address, i) => (others[i % 2].App(FaultCluster.App), address)));
        Assert.True(await calls.WorkAgainAsync(Moment.Now, hosts.Length, Promises.Answer), "Not every address can be called before the fault.");
        load.Forget();

        var fault = Moment.Now;
        victim.Send(Signal.Kill);
        calls.Hurry();
        await victim.WaitForExitAsync(Promises.Answer);
        await calls.WorkAgainAsync(fault, hosts.Length, Promises.CallsAgain * Promises.Slack);
        await calls.StopAsync();
        var callReport = calls.Report(fault);
        var report = await load.StopAsync();
        var notConnected = await Sweep.NotConnectedAsync(addresses, others);
        var notDenied = await Sweep.NotDeniedAsync(addresses, others);

        output.Say(
            "soak-many-reservations",
            [
                ("reservations", Reservations), ("told", crowd.Told), ("not_connected", notConnected.Length), ("not_denied", notDenied.Length),
                .. callReport.Figures, .. report.Figures,
            ]);
        Assert.Equal((0, 0, 0), (crowd.Told, notConnected.Length, notDenied.Length));
        Assert.Equal(Reservations, crowd.Granted);
        callReport.AssertKept(hosts.Length);
        report.AssertUndisturbed();
    }
}
