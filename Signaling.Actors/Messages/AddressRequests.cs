namespace Signaling.Actors.Messages;

/// <summary>Asks for an address. Answered by <see cref="Granted"/> or <see cref="Denied"/>.</summary>
/// <param name="Key">The address.</param>
/// <param name="Reservation">The reservation to be.</param>
/// <param name="Shared">Whether the app lets several connections hold the address.</param>
/// <param name="Takeover">Who wins the address where somebody holds it and it is not shared.</param>
/// <param name="Owner">On whose behalf it is asked for.</param>
/// <param name="MostListeners">How many may hold the address at once where it is shared.</param>
public sealed record Reserve(
    string Key,
    ReservationName Reservation,
    bool Shared,
    Takeover Takeover = Takeover.Reject,
    Owner Owner = default,
    int MostListeners = int.MaxValue) : IAddressRequest;

/// <summary>
/// Gives a reservation back. It names the reservation, so that it can't end a later one. Answered by <see cref="Released"/>.
/// </summary>
/// <param name="Key">The address.</param>
/// <param name="Reservation">The reservation that ends.</param>
public sealed record Release(string Key, ReservationName Reservation) : IAddressRequest;

/// <summary>
/// Asks for a link to the one who holds the address. Answered by <see cref="Accepted"/>, straight from the holder,
/// or by <see cref="Refused"/>.
/// </summary>
/// <param name="Key">The address.</param>
/// <param name="Link">The link to be.</param>
public sealed record Connect(string Key, LinkName Link) : IAddressRequest;

/// <summary>
/// Asks for a link to one of those who hold a shared address. Answered as <see cref="Connect"/> is.
/// </summary>
/// <param name="Key">The address.</param>
/// <param name="Link">The link to be.</param>
/// <param name="Host">The reservation to link to, one of those that the asking connection's grant listed.</param>
public sealed record Join(string Key, LinkName Link, ReservationName Host) : IAddressRequest;

/// <summary>
/// What a node knows of its reservations in one shard, for the node that the shard lives on: where the two differ for
/// long, the roll of the shard is called again. It also sees to it that the shard lives somewhere.
/// </summary>
/// <param name="Shard">The shard.</param>
/// <param name="Node">The uid of the node that sends it.</param>
/// <param name="Count">How many reservations it knows.</param>
/// <param name="Hash">A hash over their names, whatever their order.</param>
public sealed record Digest(int Shard, int Node, int Count, long Hash) : IAddressRequest
{
    /// <inheritdoc/>
    public string Key => Shards.KeyOf(Shard);
}
