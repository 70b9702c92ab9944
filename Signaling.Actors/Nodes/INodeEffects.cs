using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>What a <see cref="NodeState"/> has done about its input, in order. The shell carries it out.</summary>
public interface INodeEffects
{
    /// <summary>Sends a request to an address, through the shard region.</summary>
    void Request(IAddressRequest request);

    /// <summary>Sends a letter to the NodeActor of another node.</summary>
    /// <param name="node">The node's uid.</param>
    /// <param name="letter">The letter.</param>
    void Tell(int node, ILetter letter);

    /// <summary>Sends a letter to a connection.</summary>
    void Tell(ConnectionUid to, ILetter letter);

    /// <summary>Sends a letter to one life of an address.</summary>
    void Tell(AddressUid to, ILetter letter);

    /// <summary>Gives an address of this node its roll.</summary>
    void Give(AddressUid to, Roll roll);

    /// <summary>Takes the roll of an address of this node away: <see cref="RollOver"/>.</summary>
    void TakeRollFrom(AddressUid address);

    /// <summary>Tells every connection of this node: <see cref="Messages.NodeRemoved"/>.</summary>
    void Removed(int node);

    /// <summary>Tells every address of this node: <see cref="NodeLost"/>.</summary>
    void Lost(int node);

    /// <summary>The lease runs until then.</summary>
    /// <param name="until">In ms of the clock that the inputs come with; <see cref="long.MaxValue"/>: for as long as the node is alone.</param>
    void LeaseUntil(long until);

    /// <summary>The lease has run out: nothing more comes of any input. The node closes its sockets and ends.</summary>
    void LeaseOver();

    /// <summary>Two reservations of one address have met, which should never happen. This one had to give way.</summary>
    void Conflict(ReservationName name);
}
