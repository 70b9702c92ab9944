using Signaling.Actors.Links;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>The links that others ask this connection for, as the holder of an address.</summary>
/// <param name="self">The connection.</param>
/// <param name="links">Its links.</param>
/// <param name="effects">Where letters go.</param>
internal sealed class Offers(ConnectionUid self, ConnectionLinks links, IConnectionEffects effects)
{
    private const int MostKept = 4096; // more come again with their repeats
    private readonly Queue<Offer> _kept = [];
    private readonly HashSet<Link> _unconfirmed = [];
    private readonly Recent<ConnectionUid, long> _opened = new();
    private long _nextRepeat = long.MaxValue;

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due => _unconfirmed.Count == 0 ? long.MaxValue : _nextRepeat;

    /// <summary>Keeps an offer until it may be answered.</summary>
    public void Keep(Offer offer)
    {
        if (_kept.Count < MostKept)
            _kept.Enqueue(offer);
    }

    /// <summary>Answers those who have asked for a link. A repeated offer gets the same answer.</summary>
    /// <param name="held">The reservation that links may be asked for by, and its address, if there is one.</param>
    /// <param name="pending">The reservation that is being asked for: offers for it are kept until it is granted.</param>
    /// <param name="promisedId">The id of a link that the peer is about to open; no other gets it.</param>
    /// <param name="now">The time in ms.</param>
    public void Answer((string Key, ReservationName Name)? held, ReservationName? pending, short? promisedId, long now)
    {
        for (var count = _kept.Count; count > 0; count--)
        {
            var offer = _kept.Dequeue();
            if (links.TryGet(offer.Link, out var link))
                Accept(link);
            else if (pending == offer.Host)
                _kept.Enqueue(offer);
            else if (held is var (key, name) && name == offer.Host && IsNew(offer.Link) && Open(offer, key, promisedId) is { } opened)
                Accept(opened, now);
            else
                effects.Tell(offer.Relay, new Refused(offer.Link));
        }
    }

    /// <summary>The other end knows that the link is open.</summary>
    public void Confirm(Link link) => _unconfirmed.Remove(link);

    /// <summary>A node has left.</summary>
    public void NodeRemoved(int node)
    {
        for (var count = _kept.Count; count > 0; count--)
        {
            var offer = _kept.Dequeue();
            if (offer.Link.Initiator.Node != node)
                _kept.Enqueue(offer);
        }
    }

    /// <summary>Time has passed: says once more what was not confirmed.</summary>
    public void Tick(long now)
    {
        if (now < Due)
            return;

        _unconfirmed.RemoveWhere(link => !links.TryGet(link.Name, out _));
        _nextRepeat = now + ConnectionState.RepeatInterval;
        foreach (var link in _unconfirmed)
            Accept(link);
    }

    /// <summary>A repeat that comes when its link is over does not open it again.</summary>
    private bool IsNew(LinkName link) => !_opened.TryGet(link.Initiator, out var last) || link.Request > last;

    private Link? Open(Offer offer, string key, short? promisedId) =>
        links.Open(offer.Link, offer.Link.Initiator, offer.Relay, key, chosenId: null, promisedId);

    private void Accept(Link link, long now)
    {
        _opened.Note(link.Name.Initiator, link.Name.Request, now);
        if (_unconfirmed.Count == 0)
            _nextRepeat = now + ConnectionState.RepeatInterval;
        _unconfirmed.Add(link);
        Accept(link);
    }

    private void Accept(Link link) => effects.Tell(link.Other, new Accepted(link.Name, self, link.Relay));
}
