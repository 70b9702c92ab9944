using Signaling.Tests.Peers;

namespace Signaling.Tests.Faults;

/// <summary>Where the peers of a load connect.</summary>
internal static class Seating
{
    /// <summary>How often each peer of a conversation says something.</summary>
    public static readonly TimeSpan Steadily = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan ShardPatience = TimeSpan.FromSeconds(60);

    private static int _turn;

    /// <summary>Conversations whose peers come in by the proxy.</summary>
    public static IEnumerable<Seats> Behind(FaultCluster cluster, string name, int count)
    {
        var turn = Interlocked.Increment(ref _turn);
        return Enumerable.Range(0, count).Select(i => new Seats(cluster.Entrance, cluster.Entrance, $"{name} {turn} {i}"));
    }

    /// <summary>Conversations at some addresses, between the peers of two nodes.</summary>
    public static IEnumerable<Seats> Between(ClusterNode one, ClusterNode other, IEnumerable<string> addresses) =>
        addresses.Select((address, i) => i % 2 == 0
            ? new Seats(one.App(FaultCluster.App), other.App(FaultCluster.App), address)
            : new Seats(other.App(FaultCluster.App), one.App(FaultCluster.App), address));

    /// <summary>Addresses, never given out before, that live on a node.</summary>
    public static async Task<string[]> AddressesOnAsync(ClusterNode node, string name, int count) =>
        AddressShard.AddressesOn(await WithShardsAsync(node), FaultCluster.App, $"{name} {Interlocked.Increment(ref _turn)}", count);

    /// <summary>Asks for so many addresses that nearly every shard has a home afterwards.</summary>
    public static Task AllocateShardsAsync(ClusterNode node) =>
        Sweep.NotConnectedAsync([.. Enumerable.Range(0, 1000).Select(i => $"anywhere {i}")], node);

    // A node that has just come gets its share of the shards by and by.
    private static async Task<NodeView> WithShardsAsync(ClusterNode node)
    {
        var view = await FaultCluster.ViewOfAsync(node);
        if (view.Shards.Length == 0)
        {
            await AllocateShardsAsync(node);
            await Eventually.BecomesAsync(() => FaultCluster.ViewOfAsync(node), view => view.Shards.Length > 0, ShardPatience);
            view = await FaultCluster.ViewOfAsync(node);
        }

        return view;
    }
}
