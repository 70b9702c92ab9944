using System.Globalization;
using Akka.Cluster.Sharding;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>Finds the address of a request, and its shard, the same on every node.</summary>
public sealed class AddressExtractor() : HashCodeMessageExtractor(Shards.Count)
{
    /// <inheritdoc/>
    public override string? EntityId(object message) => (message as IAddressRequest)?.Key;

    /// <inheritdoc/>
    public override string ShardId(string entityId, object? messageHint = null) =>
        Shards.Of(entityId).ToString(CultureInfo.InvariantCulture);
}
