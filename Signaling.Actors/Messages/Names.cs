using System.Runtime.InteropServices;

namespace Signaling.Actors.Messages;

/// <summary>
/// The name of a connection, unlike that of any other connection of any node that ever was in the cluster.
/// Actor paths are never kept as identity.
/// </summary>
/// <param name="Node">The uid of the node that accepted the socket.</param>
/// <param name="Number">Its number on that node.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConnectionUid(int Node, long Number);

/// <summary>
/// The name of one life of an address: an address that ends and starts again, there or elsewhere, has a new one.
/// The frames of a link go to the life that opened it.
/// </summary>
/// <param name="Node">The uid of the node that it lives on.</param>
/// <param name="Number">Its number on that node; connections and addresses are numbered in one row.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AddressUid(int Node, long Number);

/// <summary>The name of a reservation.</summary>
/// <param name="Connection">The connection that holds it.</param>
/// <param name="Request">The number of the connection's request that asked for it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReservationName(ConnectionUid Connection, long Request);

/// <summary>The name of a link.</summary>
/// <param name="Initiator">The connection that asked for it.</param>
/// <param name="Request">The number of the request that asked for it.</param>
/// <param name="Ordinal">
/// 0 for a link that the peer itself asked for. A reservation in a shared app asks for many: each is named by its
/// place, from 1 on, among the reservations that stood there before.
/// </param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LinkName(ConnectionUid Initiator, long Request, int Ordinal = 0);

/// <summary>Stands for who uses a peer, without saying who that is: part of a hash of what the peer has shown. The default is nobody.</summary>
/// <param name="High">The first half.</param>
/// <param name="Low">The other.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Owner(long High, long Low);

/// <summary>
/// Names one roll call of a shard: the later one of two has the higher number, and of two with the same number, called by
/// two nodes at once, that of the node with the higher uid counts. A logical order, no clock.
/// </summary>
/// <param name="Number">From 1 on; 0 is before the first.</param>
/// <param name="Node">The uid of the node that called it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Incarnation(long Number, int Node) : IComparable<Incarnation>
{
    /// <summary>Whether one was called before another.</summary>
    public static bool operator <(Incarnation left, Incarnation right) => left.CompareTo(right) < 0;

    /// <summary>Whether one was called after another.</summary>
    public static bool operator >(Incarnation left, Incarnation right) => left.CompareTo(right) > 0;

    /// <summary>Whether one was not called after another.</summary>
    public static bool operator <=(Incarnation left, Incarnation right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one was not called before another.</summary>
    public static bool operator >=(Incarnation left, Incarnation right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Incarnation other) =>
        Number != other.Number ? Number.CompareTo(other.Number) : Node.CompareTo(other.Node);
}

/// <summary>The place of a reservation among those that were ever granted under its address.</summary>
/// <param name="Incarnation">The roll call after which it was granted.</param>
/// <param name="Grant">Its number among the grants of that address since, from 1 on.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Rank(Incarnation Incarnation, long Grant) : IComparable<Rank>
{
    /// <summary>Whether one came before another.</summary>
    public static bool operator <(Rank left, Rank right) => left.CompareTo(right) < 0;

    /// <summary>Whether one came after another.</summary>
    public static bool operator >(Rank left, Rank right) => left.CompareTo(right) > 0;

    /// <summary>Whether one did not come after another.</summary>
    public static bool operator <=(Rank left, Rank right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one did not come before another.</summary>
    public static bool operator >=(Rank left, Rank right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public int CompareTo(Rank other) =>
        Incarnation != other.Incarnation ? Incarnation.CompareTo(other.Incarnation) : Grant.CompareTo(other.Grant);
}

/// <summary>A reservation as the node of its connection knows it.</summary>
/// <param name="Key">The address.</param>
/// <param name="Name">Its name.</param>
/// <param name="Rank">Its rank.</param>
/// <param name="Shared">Whether the app lets several connections hold the address.</param>
/// <param name="Owner">On whose behalf it is held.</param>
public sealed record Standing(string Key, ReservationName Name, Rank Rank, bool Shared, Owner Owner = default);

/// <summary>One end of a link whose connection is gone, and who has to hear of it.</summary>
/// <param name="Link">The link.</param>
/// <param name="Gone">The connection that is gone, or has never known the link.</param>
/// <param name="Other">The connection at the other end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BrokenLink(LinkName Link, ConnectionUid Gone, ConnectionUid Other);
