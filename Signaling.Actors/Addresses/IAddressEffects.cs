using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>What an <see cref="AddressState"/> has done about its input, in order. The shell carries it out.</summary>
public interface IAddressEffects
{
    /// <summary>Sends a letter to a connection.</summary>
    void Tell(ConnectionUid to, ILetter letter);

    /// <summary>Sends a letter to the NodeActor of a node.</summary>
    /// <param name="node">The node's uid.</param>
    /// <param name="letter">The letter.</param>
    void Tell(int node, ILetter letter);

    /// <summary>Asks the NodeActor of this node for the roll of the address' shard: <see cref="AddressStarted"/>.</summary>
    void AskForRoll();

    /// <summary>Tells the NodeActor of this node: <see cref="StandingChanged"/>.</summary>
    void Changed(ReservationName name, bool stands);
}
