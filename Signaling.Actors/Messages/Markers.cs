namespace Signaling.Actors.Messages;

/// <summary>What the cluster's serializer knows. Nothing else of ours travels between nodes.</summary>
public interface IClusterMessage;

/// <summary>A request to an address. It goes through the shard region, which finds the address by its key.</summary>
public interface IAddressRequest : IClusterMessage
{
    /// <summary>The address' key, see <see cref="Protocol.AddressKey"/>.</summary>
    string Key { get; }
}

/// <summary>A message to one connection, one life of an address or one node, delivered by its uid: see <see cref="IPost"/>.</summary>
public interface ILetter : IClusterMessage
{
    /// <summary>What it takes between nodes at most, in bytes. It is more where the letter has a list or bytes.</summary>
    int MostBytes => 256;
}
