using Akka.Cluster.Sharding;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>Finds the address of a request, and its shard, the same on every node.</summary>
/// <param name="shards">The number of shards, fixed for the life of a cluster.</param>
public sealed class AddressExtractor(int shards) : HashCodeMessageExtractor(shards)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) => (message as IAddressRequest)?.Key;
}
