namespace Signaling.Actors.Messages;

/// <summary>
/// To the node of the connection: the address is reserved. In a shared app the reservations that stood there before come
/// along, in pages, since no message between nodes exceeds 32 KiB. The node confirms it by a <see cref="HoldAnswer"/>.
/// </summary>
/// <param name="Standing">The reservation that now stands.</param>
/// <param name="Granter">The address that has granted it.</param>
/// <param name="Earlier">A page of the reservations that the new one is to be linked to, in the order they came.</param>
/// <param name="Skip">How many of them the pages before held.</param>
/// <param name="Total">How many there are in all pages.</param>
public sealed record Granted(
    Standing Standing,
    AddressUid Granter,
    IReadOnlyList<ReservationName> Earlier,
    int Skip,
    int Total) : ILetter
{
    /// <summary>Most reservations in one page; 32 KiB hold some 800.</summary>
    public const int PageSize = 500;

    int ILetter.MostBytes => 256 + (40 * Earlier.Count);
}

/// <summary>To the connection: the address is somebody else's, or as many hold it already as may.</summary>
/// <param name="Reservation">The reservation that does not come to be.</param>
/// <param name="IsFull">Whether it is shared, and as many hold it as may.</param>
public sealed record Denied(ReservationName Reservation, bool IsFull = false) : ILetter;

/// <summary>To the node of the connection: the reservation is over, or never was.</summary>
/// <param name="Key">The address.</param>
/// <param name="Reservation">The reservation.</param>
/// <param name="Incarnation">
/// The roll call that the address answers by. One called before the latest that the node has answered counts for nothing:
/// the node has named the reservation to a later life of the address.
/// </param>
public sealed record Released(string Key, ReservationName Reservation, Incarnation Incarnation) : ILetter;

/// <summary>
/// To the node of the connection: an earlier reservation stands under the address, so this one does not. It should never
/// be needed. From the node to the connection: the reservation has to make way, and is to be given back.
/// </summary>
/// <param name="Reservation">The reservation that ends.</param>
public sealed record Revoked(ReservationName Reservation) : ILetter;

/// <summary>
/// Asks the node of a connection whether a reservation stands: because the grant was not confirmed, or before another
/// connection is denied the address. Its release may be under way, and its peer already know of it.
/// </summary>
/// <param name="Held">The reservation that is asked about.</param>
/// <param name="Rank">Its rank: what is asked about is this grant of it, not an earlier or a later one.</param>
/// <param name="Contender">The reservation that is to be granted or denied, if there is one.</param>
/// <param name="Asker">The address that gets the answer.</param>
/// <param name="MakesWay">
/// Whether the reservation, where it stands, is to be given back for the contender's sake. Its <see cref="Release"/> is the answer
/// then. A node that does not know this answers that it stands.
/// </param>
public sealed record HoldQuestion(
    ReservationName Held, Rank Rank, ReservationName? Contender, AddressUid Asker, bool MakesWay = false) : ILetter;

/// <summary>Answers a <see cref="HoldQuestion"/>, or confirms a grant.</summary>
/// <param name="Held">The reservation that was asked about.</param>
/// <param name="Rank">The rank of the grant that was asked about, or is confirmed.</param>
/// <param name="Contender">The reservation that is to be granted or denied, if there is one.</param>
/// <param name="Stands">Whether it is held.</param>
public sealed record HoldAnswer(ReservationName Held, Rank Rank, ReservationName? Contender, bool Stands) : ILetter;
