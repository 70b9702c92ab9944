using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>What an <see cref="AddressState"/> has done about its input, in order. The shell carries it out.</summary>
public interface IAddressEffects
{
    /// <summary>Sends a letter to a connection.</summary>
    void Tell(ConnectionUid to, ILetter letter);
}
