using Signaling.Actors.Links;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>What has become of a request.</summary>
internal enum Outcome
{
    /// <summary>It was granted, or waits, or is over.</summary>
    Taken,
    Denied,

    /// <summary>As many hold the address as may.</summary>
    Full,
    Refused,
    Offered,
}

/// <summary>A request and what has become of it.</summary>
/// <param name="Number">Its number among those of its connection.</param>
/// <param name="Outcome">What has become of it.</param>
/// <param name="Host">The reservation that a link was offered to.</param>
internal readonly record struct LastRequest(long Number, Outcome Outcome, ReservationName Host);

/// <summary>
/// The last request of each connection of late. A repeat of it gets the same answer; one that is not newer means nothing
/// any more.
/// </summary>
internal sealed class LastRequests
{
    private readonly Recent<ConnectionUid, LastRequest> _last = new();

    /// <summary>Whether a request is newer than the last.</summary>
    public bool IsNew(ConnectionUid connection, long request, out LastRequest last) =>
        !_last.TryGet(connection, out last) || request > last.Number;

    public void Note(ConnectionUid connection, long request, Outcome outcome, long now) =>
        _last.Note(connection, new LastRequest(request, outcome, Host: default), now);

    /// <summary>A link was offered to the holder of a reservation.</summary>
    public void NoteOffer(LinkName link, ReservationName host, long now) =>
        _last.Note(link.Initiator, new LastRequest(link.Request, Outcome.Offered, host), now);

    /// <summary>Notes that a reservation is denied, unless its connection has asked for something since.</summary>
    public void NoteDenial(ReservationName name, Outcome why, long now)
    {
        if (IsLast(name))
            Note(name.Connection, name.Request, why, now);
    }

    /// <summary>Lets a connection ask once more for a reservation, unless it has asked for something since.</summary>
    public void Forget(ReservationName name, long now)
    {
        if (IsLast(name))
            Note(name.Connection, name.Request - 1, Outcome.Taken, now);
    }

    private bool IsLast(ReservationName name) => _last.TryGet(name.Connection, out var last) && last.Number == name.Request;
}
