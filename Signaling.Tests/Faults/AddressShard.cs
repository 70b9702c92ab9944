using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>Which shard an address belongs to.</summary>
internal static class AddressShard
{
    public static int Of(string app, string address) => Shards.Of(AddressKey.Of(app, address));

    /// <summary>Addresses that live on a node.</summary>
    /// <param name="node">What the node says of itself.</param>
    /// <param name="app">The path of their app.</param>
    /// <param name="name">What they begin with.</param>
    /// <param name="count">How many.</param>
    public static string[] AddressesOn(NodeView node, string app, string name, int count)
    {
        var shards = node.Shards.ToHashSet();
        if (shards.Count == 0)
            throw new InvalidOperationException($"Node {node.Address} has no shards.");
        return [.. Enumerable.Range(0, int.MaxValue).Select(i => $"{name} {i}").Where(address => shards.Contains(Of(app, address))).Take(count)];
    }
}
