using Signaling.Actors.Links;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>
/// One address: who holds it, in the order they came, and the links that were opened by it, whose frames it relays.
/// Times are ms of one monotonic clock, whose start means nothing.
/// </summary>
/// <param name="key">The address' key.</param>
/// <param name="self">The name of this life of the address.</param>
/// <param name="effects">What comes of each input.</param>
public sealed class AddressState(string key, AddressUid self, IAddressEffects effects)
{
    /// <summary>How long a holder may take to say that its reservation stands before its contender is denied, in ms.</summary>
    public const long QuestionTimeout = 1_000;

    private readonly OrderedDictionary<ReservationName, bool> _reservations = [];
    private readonly Dictionary<ReservationName, long> _contenders = [];
    private readonly Dictionary<LinkName, ReservationName> _links = []; // with the reservation each was opened to
    private readonly RecentRequests _connects = new();

    /// <summary>Whether nothing is held here: the address may end until somebody asks for it again.</summary>
    public bool IsEmpty => _reservations.Count == 0 && _contenders.Count == 0 && _links.Count == 0;

    /// <summary>Whether a holder has been asked, so that time matters.</summary>
    public bool NeedsTick => _contenders.Count > 0;

    /// <summary>Takes a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">The time in ms.</param>
    public void Receive(IAddressRequest request, long now)
    {
        switch (request)
        {
            case Reserve reserve:
                Take(reserve, now);
                break;
            case Release release:
                _reservations.Remove(release.Reservation);
                break;
            case Connect connect:
                Take(connect, now);
                break;
            case Join join when _links.ContainsKey(join.Link) || _reservations.ContainsKey(join.Host):
                Offer(join.Link, join.Host);
                break;
            case Join join:
                Refuse(join.Link);
                break;
        }
    }

    /// <summary>Takes a letter: a frame to relay, the end of a link, or an answer of a holder.</summary>
    public void Receive(ILetter letter, long now)
    {
        switch (letter)
        {
            case LinkFrame frame when TryGetOther(frame.Link, frame.From, out var end):
                effects.Tell(end, frame);
                break;
            case LinkEnd last when TryGetOther(last.Link, last.From, out var end):
                _links.Remove(last.Link);
                effects.Tell(end, last);
                break;
            case Refused refused when _links.Remove(refused.Link):
                Refuse(refused.Link);
                break;
            case HoldAnswer answer:
                Take(answer, now);
                break;
        }
    }

    /// <summary>
    /// Time has passed: contenders whose holder keeps silent are denied, unless it has gone meanwhile. To be called every
    /// <see cref="QuestionTimeout"/> while <see cref="NeedsTick"/>.
    /// </summary>
    public void Tick(long now)
    {
        foreach (var (contender, deadline) in _contenders)
        {
            if (deadline > now)
                continue;

            _contenders.Remove(contender);
            if (_reservations.Count == 0)
                Grant(contender);
            else
                Deny(contender);
        }
    }

    /// <summary>A node has left: what its connections held is free, and the links that ended there are over.</summary>
    /// <param name="node">Its uid.</param>
    public void NodeLost(int node)
    {
        foreach (var name in _reservations.Keys.Where(name => name.Connection.Node == node).ToArray())
            _reservations.Remove(name);
        foreach (var name in _contenders.Keys.Where(name => name.Connection.Node == node).ToArray())
            _contenders.Remove(name);
        foreach (var (link, host) in _links)
        {
            if (link.Initiator.Node == node || host.Connection.Node == node)
                _links.Remove(link);
        }
    }

    private void Take(Reserve reserve, long now)
    {
        var name = reserve.Reservation;
        if (reserve.Shared || _reservations.ContainsKey(name))
            Grant(name);
        else if (!_contenders.ContainsKey(name))
            GrantOrAsk(name, now);
    }

    private void GrantOrAsk(ReservationName contender, long now)
    {
        if (_reservations.Count == 0)
        {
            Grant(contender);
            return;
        }

        var (held, _) = _reservations.GetAt(0);
        _contenders[contender] = now + QuestionTimeout;
        effects.Tell(held.Connection, new HoldQuestion(held, contender, self));
    }

    private void Take(HoldAnswer answer, long now)
    {
        if (!answer.Stands)
            _reservations.Remove(answer.Held);
        if (!_contenders.Remove(answer.Contender))
            return;

        if (_reservations.ContainsKey(answer.Held))
            Deny(answer.Contender);
        else
            GrantOrAsk(answer.Contender, now);
    }

    private void Grant(ReservationName name)
    {
        _reservations.TryAdd(name, true);

        var total = _reservations.IndexOf(name);
        var skip = 0;
        do
        {
            var page = new ReservationName[Math.Min(Granted.PageSize, total - skip)];
            for (var i = 0; i < page.Length; i++)
                page[i] = _reservations.GetAt(skip + i).Key;
            effects.Tell(name.Connection, new Granted(key, name, page, skip, total));
            skip += page.Length;
        }
        while (skip < total);
    }

    private void Deny(ReservationName name) => effects.Tell(name.Connection, new Denied(name));

    private void Take(Connect connect, long now)
    {
        var link = connect.Link;
        if (_links.TryGetValue(link, out var host))
        {
            Offer(link, host); // a repeat gets the answer that the first one gets
            return;
        }

        var isNew = _connects.TryNote(link.Initiator, link.Request, now);
        if (isNew && _reservations.Count == 1 && _reservations.GetAt(0).Key is var holder && holder.Connection != link.Initiator)
            Offer(link, holder);
        else
            Refuse(link);
    }

    private void Offer(LinkName link, ReservationName host)
    {
        _links[link] = host;
        effects.Tell(host.Connection, new Offer(link, host, self));
    }

    private void Refuse(LinkName link) => effects.Tell(link.Initiator, new Refused(link));

    private bool TryGetOther(LinkName link, ConnectionUid end, out ConnectionUid other)
    {
        var known = _links.TryGetValue(link, out var host);
        other = end == link.Initiator ? host.Connection : link.Initiator;
        return known && (end == link.Initiator || end == host.Connection);
    }
}
