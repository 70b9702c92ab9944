using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>
/// One address: who holds it, in the order of their ranks, and the links that were opened by it, whose frames it relays.
/// It relays always; requests it answers only when it knows by a roll call which reservations stand.
/// Times are ms of one monotonic clock, whose start means nothing.
/// </summary>
/// <param name="key">The address' key.</param>
/// <param name="self">The name of this life of the address.</param>
/// <param name="effects">What comes of each input.</param>
public sealed partial class AddressState(string key, AddressUid self, IAddressEffects effects)
{
    /// <summary>How long a holder's node may take to say that a reservation stands before its contender is denied, in ms.</summary>
    public const long QuestionTimeout = 1_000;

    /// <summary>How long a contender for whom the holder has to make way waits, in ms: for as long as a connection does.</summary>
    public const long TakeoverTimeout = 10_000;

    private readonly Reservations _reservations = new(effects);
    private readonly Contenders _contenders = new();
    private readonly RelayedLinks _links = new();
    private readonly WaitingRequests _waiting = new();
    private LastRequests _last = new();
    private Incarnation? _incarnation;
    private bool _awaitsRoll;
    private long _grants;
    private long _nextAsking = long.MaxValue;

    /// <summary>Whether nothing is held here: the address may end until somebody asks for it again.</summary>
    public bool IsEmpty => !_awaitsRoll && _reservations.IsEmpty && _contenders.IsEmpty && _links.IsEmpty && _waiting.IsEmpty;

    /// <summary>The roll call by which nothing is held here; null: something is, or the address waits for its roll.</summary>
    public Incarnation? EmptyBy => IsEmpty ? _incarnation : null;

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due => Math.Min(Math.Min(_nextAsking, _contenders.Due), Math.Min(_reservations.Due, _links.Due));

    /// <summary>Takes a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time in ms.</param>
    public void Receive(IAddressRequest request, long now)
    {
        if (_incarnation is null)
        {
            _waiting.Keep(request);
            if (_nextAsking == long.MaxValue)
                AskForRoll(now);
            return;
        }

        switch (request)
        {
            case Reserve reserve:
                Take(reserve, now);
                break;
            case Release release:
                Take(release, now);
                break;
            case Connect connect:
                Take(connect, now);
                break;
            case Join join when _links.TryGetHost(join.Link, out _) || _reservations.Contains(join.Host):
                Offer(join.Link, join.Host, now);
                break;
            case Join join:
                Refuse(join.Link);
                break;
        }
    }

    /// <summary>Takes a letter: a frame to relay, the end of a link, or an answer of a holder or its node.</summary>
    public void Receive(ILetter letter, long now)
    {
        switch (letter)
        {
            case LinkFrame frame:
                _links.Use(frame.Link, now);
                effects.Tell(frame.To, frame);
                break;
            case LinkEnd end:
                _links.Remove(end.Link);
                effects.Tell(end.To, end);
                break;
            case Refused refused:
                _links.Remove(refused.Link);
                Refuse(refused.Link);
                break;
            case HoldAnswer answer:
                Take(answer, now);
                break;
        }
    }

    /// <summary>The roll of the address' shard has been called: these reservations stand, and no others.</summary>
    /// <param name="roll">The roll.</param>
    /// <param name="now">The time in ms.</param>
    public void Take(Roll roll, long now)
    {
        _incarnation = roll.Incarnation;
        _awaitsRoll = false;
        _grants = 0;
        _nextAsking = long.MaxValue;
        _contenders.Clear();
        _last = new(); // who was granted or kept waiting before asks again
        _reservations.Replace(roll.Standings);

        foreach (var request in _waiting.TakeAll())
            Receive(request, now);
    }

    /// <summary>The roll of the address' shard is called again: what is known counts for nothing until it has been.</summary>
    public void RollOver()
    {
        _incarnation = null;
        _awaitsRoll = true;
        _contenders.Clear();
        _reservations.Clear();
    }

    /// <summary>Time has passed.</summary>
    public void Tick(long now)
    {
        if (now >= _nextAsking)
            AskForRoll(now);
        _links.Tick(now);
        if (_incarnation is null)
            return;

        _reservations.Question(self, now);
        foreach (var contender in _contenders.TakeLate(now))
            Deny(contender, Outcome.Denied, now);
    }

    /// <summary>
    /// A node has left, and its lease has run out: what its connections held is free, and the links that ended there are over.
    /// </summary>
    /// <param name="node">Its uid.</param>
    /// <param name="now">The time in ms.</param>
    public void NodeLost(int node, long now)
    {
        _contenders.NodeLost(node);
        _waiting.NodeLost(node);
        _links.NodeLost(node);
        _reservations.NodeLost(node);
        GrantNext(now);
    }

    /// <summary>
    /// The address stops, for its shard moves or its node leaves: the links that it relays are told, so that their frames
    /// need not be missed before they go another way.
    /// </summary>
    public void Stop()
    {
        foreach (var (link, acceptor) in _links.All())
        {
            effects.Tell(link.Initiator, new RelayStopped(link));
            effects.Tell(acceptor, new RelayStopped(link));
        }
    }

    private void AskForRoll(long now)
    {
        _nextAsking = _waiting.IsEmpty ? long.MaxValue : now + QuestionTimeout;
        if (!_waiting.IsEmpty)
            effects.AskForRoll();
    }

    private void Take(Reserve reserve, long now)
    {
        var name = reserve.Reservation;
        if (_reservations.TryGet(name, out var standing))
        {
            Tell(standing);
        }
        else if (_last.IsNew(name.Connection, name.Request, out var last))
        {
            _last.Note(name.Connection, name.Request, Outcome.Taken, now);
            _reservations.RemoveOf(name.Connection); // by asking for another the connection has given it back
            if (reserve.Shared && _reservations.Count >= reserve.MostListeners)
                Deny(name, Outcome.Full, now);
            else if (reserve.Shared || _reservations.IsEmpty)
                Grant(reserve, now);
            else
                Ask(new Contender(reserve, now, now), now);
        }
        else if (last.Number == name.Request && last.Outcome is Outcome.Denied or Outcome.Full)
        {
            Deny(name, last.Outcome, now);
        }
        else if (_contenders.TryGet(name, out var contender) && contender.WinsOver(_reservations.First))
        {
            Ask(contender, now); // the question may be lost
        }
    }

    private void Take(Release release, long now)
    {
        var name = release.Reservation;
        if (_last.IsNew(name.Connection, name.Request, out _))
            _last.Note(name.Connection, name.Request, Outcome.Taken, now);
        _contenders.Remove(name);
        _reservations.Remove(name);
        effects.Tell(name.Connection.Node, new Released(key, name, _incarnation!.Value));
        GrantNext(now);
    }

    private void Take(HoldAnswer answer, long now)
    {
        if (_incarnation is null)
            return;

        // An answer about another grant of the same reservation says nothing of this one, which may be on its way.
        var isCurrent = _reservations.TryGet(answer.Held, out var standing) && standing.Rank == answer.Rank;
        if (isCurrent && answer.Stands)
            _reservations.Confirm(answer.Held);
        else if (isCurrent && _reservations.Remove(answer.Held))
            _last.Forget(answer.Held, now);

        if (answer.Contender is { } name && _contenders.TryTake(name, out var contender))
        {
            if (isCurrent && answer.Stands)
                Deny(name, Outcome.Denied, now);
            else
                Ask(contender, now);
        }

        GrantNext(now);
    }

    private void Ask(Contender contender, long now)
    {
        if (_reservations.IsEmpty)
        {
            Grant(contender.Request, now);
            return;
        }

        // Whoever has to make way does so by a release, and may be on a node that is about to be lost.
        var held = _reservations.First;
        var makesWay = contender.WinsOver(held);
        _contenders.Add(contender with { Deadline = makesWay ? contender.Since + TakeoverTimeout : now + QuestionTimeout });
        effects.Tell(held.Name.Connection.Node, new HoldQuestion(held.Name, held.Rank, contender.Name, self, makesWay));
    }

    private void GrantNext(long now)
    {
        if (!_reservations.IsEmpty || !_contenders.TryTakeFirst(out var next))
            return;

        Grant(next.Request, now);
        foreach (var later in _contenders.ThatWinOver(_reservations.First))
            Ask(later, now);
    }

    private void Grant(Reserve request, long now)
    {
        var standing = new Standing(key, request.Reservation, new Rank(_incarnation!.Value, ++_grants), request.Shared, request.Owner);
        _reservations.Add(standing, now + QuestionTimeout);
        Tell(standing);
    }

    private void Tell(Standing standing)
    {
        foreach (var page in _reservations.Pages(standing, self))
            effects.Tell(standing.Name.Connection.Node, page);
    }

    private void Deny(ReservationName name, Outcome why, long now)
    {
        _last.NoteDenial(name, why, now);
        effects.Tell(name.Connection, new Denied(name, why == Outcome.Full));
    }
}
