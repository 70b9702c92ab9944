using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Deploy.ClusterTls;

[Collection(ClusterTlsCollection.Name)]
public sealed class RollingChangeTests(ThreeTlsNodes nodes, ITestOutputHelper output)
{
    private const int GoingAway = 1001;

    [Fact]
    public async Task A_change_of_all_certificates_and_of_the_CA_loses_nothing_and_every_call_works_by_its_second_try()
    {
        var cluster = nodes.Cluster;
        await using var load = await ConversationLoad.StartAsync(Seating.Behind(cluster, "change", 20), Seating.Steadily, renew: true);
        await using var calls = CallLoad.Start(cluster.Entrance);
        var start = Moment.Now;
        int[] said = [.. cluster.Nodes.Select(node => node.Log.Count)];

        await RestartAsync(cluster.Nodes[0], node => nodes.Files.Trust(node, nodes.Ca, nodes.Next));
        foreach (var node in cluster.Nodes)
            await RestartAsync(node, number => nodes.Files.Certify(number, nodes.Next));
        foreach (var node in cluster.Nodes)
            await RestartAsync(node, number => nodes.Files.Trust(number, nodes.Next));

        var took = start.Ago;
        await calls.StopAsync();
        var report = await load.StopAsync();
        PeerEnd[] ends = [.. load.Conversations.SelectMany(one => new[] { one.Host.End, one.Guest.End }).OfType<PeerEnd>()
            .Where(end => end is not { Reason: "left" })];
        output.Say(
            "cluster-tls-change",
            [("took", took), ("restarts", 1 + (2 * ThreeTlsNodes.Size)), ("closed_otherwise", ends.Count(end => end.Status != GoingAway)), .. report.Figures, .. calls.Figures]);
        report.AssertIntact();
        Assert.All(ends, end => Assert.Equal(GoingAway, end.Status));
        calls.AssertAllWorked();
        Assert.All(cluster.Nodes, node => Assert.DoesNotContain(node.Log.Skip(said[node.Number]), line => line.Contains("Refused", StringComparison.Ordinal)));
    }

    private async Task RestartAsync(ClusterNode node, Action<int> change)
    {
        change(node.Number); // it is read at the node's next start
        await AddressNodeLoss.TerminateAsync(node);
        await nodes.Cluster.RestartAsync(node);
    }
}
