using Akka.Actor;

namespace Signaling.Actors.Messages;

/// <summary>To every connection of a node: another node has left the cluster, dead or alive. What it held stands until it is lost.</summary>
/// <param name="Node">Its uid.</param>
public sealed record NodeRemoved(int Node) : INoSerializationVerificationNeeded;

/// <summary>
/// To every address of a node: another node has left the cluster, and its lease has run out. What it held is free.
/// </summary>
/// <param name="Node">Its uid.</param>
public sealed record NodeLost(int Node) : INoSerializationVerificationNeeded;

/// <summary>To the NodeActor: a letter for a connection or address that is not, or no longer, there.</summary>
/// <param name="Node">The uid of the node that it was for: this one, or an earlier process at the same host and port.</param>
/// <param name="Number">The number that it was for.</param>
/// <param name="Letter">The letter.</param>
public sealed record Undeliverable(int Node, long Number, ILetter Letter) : INoSerializationVerificationNeeded;

/// <summary>To the NodeActor: a letter for a node that is none of those that the post knows. It may have left long ago.</summary>
/// <param name="Node">The uid of the node that it was for.</param>
/// <param name="Number">The number that it was for.</param>
/// <param name="Letter">The letter.</param>
public sealed record Unsendable(int Node, long Number, ILetter Letter) : INoSerializationVerificationNeeded;

/// <summary>From a connection to the NodeActor: its peer no longer holds a reservation, or no longer waits for it.</summary>
/// <param name="Key">The address.</param>
/// <param name="Name">The reservation.</param>
public sealed record GivenBack(string Key, ReservationName Name) : INoSerializationVerificationNeeded;

/// <summary>From a connection to the NodeActor: it has ended a link whose other end is to be told until it has heard it.</summary>
/// <param name="Link">The link.</param>
public sealed record LinkBroken(BrokenLink Link) : INoSerializationVerificationNeeded;

/// <summary>From a connection to the NodeActor: it ends, and these ends of its links were not confirmed.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Links">The links.</param>
public sealed record ConnectionEnded(ConnectionUid Connection, IReadOnlyList<BrokenLink> Links) : INoSerializationVerificationNeeded;

/// <summary>From an address to the NodeActor: it starts and waits for the roll of its shard.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Address">This life of it.</param>
public sealed record AddressStarted(string Key, AddressUid Address) : INoSerializationVerificationNeeded;

/// <summary>From an address to the NodeActor: it ends.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Address">This life of it.</param>
/// <param name="EmptyBy">
/// The roll call by which it held nothing; null: it held something, or did not know. Where it is not the latest, what that
/// one brought has not reached the address, and the roll of its shard is to be called anew.
/// </param>
public sealed record AddressEnded(string Key, AddressUid Address, Incarnation? EmptyBy) : INoSerializationVerificationNeeded;

/// <summary>From an address to the NodeActor: a reservation stands from now on, or no longer.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">The reservation.</param>
/// <param name="Stands">Whether it stands.</param>
public sealed record StandingChanged(string Key, ReservationName Name, bool Stands) : INoSerializationVerificationNeeded;

/// <summary>From the NodeActor to an address: who holds it by the roll of its shard. It may answer from now on.</summary>
/// <param name="Incarnation">The roll call.</param>
/// <param name="Standings">The reservations that stand, in the order of their ranks.</param>
public sealed record Roll(Incarnation Incarnation, IReadOnlyList<Standing> Standings) : INoSerializationVerificationNeeded;

/// <summary>
/// From the NodeActor to an address: another node calls, or this one calls anew, the roll of its shard. It answers nothing
/// until a <see cref="Roll"/> comes.
/// </summary>
public sealed class RollOver : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static readonly RollOver Instance = new();

    private RollOver()
    {
    }
}
