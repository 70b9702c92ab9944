namespace Signaling.Actors.Messages;

/// <summary>
/// The address is reserved. In a shared app the reservations that stood there before come along, in pages, since no
/// message between nodes exceeds 32 KiB.
/// </summary>
/// <param name="Key">The address.</param>
/// <param name="Reservation">The reservation that now stands.</param>
/// <param name="Earlier">A page of the reservations that the new one is to be linked to, in the order they came.</param>
/// <param name="Skip">How many of them the pages before held.</param>
/// <param name="Total">How many there are in all pages.</param>
public sealed record Granted(
    string Key,
    ReservationName Reservation,
    IReadOnlyList<ReservationName> Earlier,
    int Skip,
    int Total) : ILetter
{
    /// <summary>Most reservations in one page; 32 KiB hold some 800.</summary>
    public const int PageSize = 500;
}

/// <summary>The address is somebody else's.</summary>
/// <param name="Reservation">The reservation that does not come to be.</param>
public sealed record Denied(ReservationName Reservation) : ILetter;

/// <summary>
/// Asks the holder of an address, before another connection is denied it, whether its reservation still stands.
/// Its release may be under way, and its peer already know of it.
/// </summary>
/// <param name="Held">The reservation that is asked about.</param>
/// <param name="Contender">The reservation that is to be granted or denied.</param>
/// <param name="Asker">The address that gets the answer.</param>
public sealed record HoldQuestion(ReservationName Held, ReservationName Contender, AddressUid Asker) : ILetter;

/// <summary>Answers a <see cref="HoldQuestion"/>.</summary>
/// <param name="Held">The reservation that was asked about.</param>
/// <param name="Contender">The reservation that is to be granted or denied.</param>
/// <param name="Stands">Whether it is still held.</param>
public sealed record HoldAnswer(ReservationName Held, ReservationName Contender, bool Stands) : ILetter;
