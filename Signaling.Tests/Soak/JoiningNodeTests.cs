using Signaling.Tests.Faults;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

[Collection(SoakCollection.Name)]
public sealed class JoiningNodeTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_node_joins_and_takes_its_share_of_the_addresses_and_no_conversation_notices()
    {
        await using var cluster = await FaultCluster.StartAsync(4, started: 3);
        await Seating.AllocateShardsAsync(cluster.Nodes[0]); // shards that move, not new ones
        await using var load = await ConversationLoad.StartAsync(Seating.Behind(cluster, "moving", 50), Seating.Steadily);
        await using var calls = CallLoad.Start(cluster.Entrance);
        load.Forget();

        var start = Moment.Now;
        var joining = cluster.Nodes[3];
        await cluster.RestartAsync(joining);
        // A quarter of the shards, but for what the allocation leaves uneven.
        await Eventually.BecomesAsync(async () => (await joining.ViewAsync())?.Shards.Length ?? 0, shards => shards >= 60, Patience);
        var took = start.Ago;
        var shards = (await FaultCluster.ViewOfAsync(joining)).Shards.ToHashSet();
        var moved = load.Conversations.Count(one => shards.Contains(AddressShard.Of(FaultCluster.App, one.Seats.Address)));
        await calls.StopAsync();
        var report = await load.StopAsync();

        output.Say("soak-join", [("took", took), ("shards", shards.Count), ("moved", moved), .. report.Figures, .. calls.Figures]);
        Assert.True(moved > 0, "No conversation's address has moved.");
        report.AssertUndisturbed();
        calls.AssertAllWorked();
    }
}
