using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>What a <see cref="NodeState"/> has done about its input, in order. The shell carries it out.</summary>
public interface INodeEffects
{
    /// <summary>Sends a request to an address, through the shard region.</summary>
    void Request(IAddressRequest request);

    /// <summary>Sends a letter to one life of an address.</summary>
    void Tell(AddressUid to, ILetter letter);
}
