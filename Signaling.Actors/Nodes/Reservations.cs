using Signaling.Actors.Links;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>Which reservations of this node's connections stand: it alone decides, and answers to the addresses for it.</summary>
/// <param name="membership">Whose grants count.</param>
/// <param name="table">Those that stand.</param>
/// <param name="promises">The roll calls that this node has answered.</param>
/// <param name="effects">What comes of it.</param>
internal sealed class Reservations(Membership membership, ReservationTable table, Promises promises, INodeEffects effects)
{
    private readonly Releases _releases = new(effects);
    // The latest grants that were said not to stand: each was lost, and a repeat of it must not be taken now that its address
    // takes it for free. What a connection asks for it gives up after 10 s, so that what is forgotten here is not waited for.
    private readonly Recent<ReservationName, Rank> _disowned = new();

    /// <summary>Whether no release is under way.</summary>
    public bool IsIdle => _releases.IsEmpty;

    /// <summary>When <see cref="Tick"/> is to be called, in ms.</summary>
    public long Due => _releases.Due;

    public void Receive(Granted granted)
    {
        var (key, name, rank) = (granted.Standing.Key, granted.Standing.Name, granted.Standing.Rank);
        if (!membership.Contains(granted.Granter.Node) || promises.Refuses(Shards.Of(key), rank.Incarnation))
            return; // a later life of the address has been told, or will be, that this reservation does not stand

        if (_releases.IsPending(name) || (_disowned.TryGet(name, out var latest) && rank.CompareTo(latest) <= 0))
        {
            effects.Tell(granted.Granter, new HoldAnswer(name, rank, Contender: null, Stands: false));
            return;
        }

        table.Add(granted.Standing);
        effects.Tell(granted.Granter, new HoldAnswer(name, rank, Contender: null, Stands: true));
        effects.Tell(name.Connection, granted);
    }

    public void Receive(HoldQuestion question, long now)
    {
        var held = table.Find(question.Held);
        if (question.MakesWay && held?.Rank == question.Rank)
        {
            // The connection tells its peer before it gives the address back: only then may another have it.
            effects.Tell(question.Held.Connection, new Revoked(question.Held));
            return;
        }

        var stands = held is not null;
        if (!stands && (!_disowned.TryGet(question.Held, out var latest) || question.Rank.CompareTo(latest) > 0))
            _disowned.Note(question.Held, question.Rank, now);
        effects.Tell(question.Asker, new HoldAnswer(question.Held, question.Rank, question.Contender, stands));
    }

    public void Receive(Released released)
    {
        if (!promises.Refuses(Shards.Of(released.Key), released.Incarnation))
            _releases.Answered(released.Reservation);
    }

    public void Receive(Revoked revoked)
    {
        if (!table.Remove(revoked.Reservation))
            return;

        effects.Conflict(revoked.Reservation);
        effects.Tell(revoked.Reservation.Connection, revoked);
    }

    public void GiveBack(string key, ReservationName name, long now)
    {
        table.Remove(name);
        _releases.Add(key, name, now);
    }

    public void GiveBackAllOf(ConnectionUid connection, long now)
    {
        foreach (var standing in table.Of(connection))
            GiveBack(standing.Key, standing.Name, now);
    }

    public void Tick(long now) => _releases.Tick(now);
}
