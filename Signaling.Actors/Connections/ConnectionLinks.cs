using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Actors.Connections;

/// <summary>The open links of one connection: they take the peer's frames and those of the other ends.</summary>
/// <param name="self">The connection.</param>
/// <param name="effects">What comes of it.</param>
internal sealed class ConnectionLinks(ConnectionUid self, IConnectionEffects effects)
{
    private readonly LinkTable _open = new();
    private readonly LinkIds _ids = new();
    private readonly HashSet<Link> _unconfirmed = [];
    private RecentRequests? _accepted;
    private Queue<Offer> _offers = [];

    /// <summary>Whether an acceptance has to be repeated until it is confirmed.</summary>
    public bool AwaitsConfirmation => _unconfirmed.Count > 0;

    public bool IsInUse(short id) => _open.Contains(id);

    /// <summary>A peer's data, for the other end of one of its links.</summary>
    public void Relay(FrameHeader header, Memory<byte> message)
    {
        if (!_open.TryGet(header.Id, out var link))
        {
            effects.Ignored(IgnoredMessage.UnknownLink);
            return;
        }

        foreach (var letter in FramePieces.Cut(link.Name, self, message[..header.FrameLength]))
            effects.Tell(link.Relay, letter);
    }

    /// <summary>The peer closes one of its links.</summary>
    public void Close(short id)
    {
        if (!_open.TryGet(id, out var link))
            return;

        Remove(link);
        TellEnd(link);
    }

    /// <summary>The connection ends, and all its links with it. Its peer is gone.</summary>
    public void EndAll()
    {
        foreach (var link in _open.ToArray())
            TellEnd(link);
    }

    /// <summary>Opens this end of a link that the other end has accepted.</summary>
    /// <param name="accepted">The acceptance.</param>
    /// <param name="chosenId">The id that the peer has chosen for it; null lets the connection choose.</param>
    public void Open(Accepted accepted, short? chosenId)
    {
        if (chosenId is not { } id && !_ids.TryTake(IsInUse, out id))
        {
            Decline(accepted);
            return;
        }

        Add(new Link(accepted.Link, id, accepted.Acceptor, accepted.Relay));
    }

    /// <summary>
    /// Ends a link that the other end has accepted and this one no longer waits for. It goes the way of the link's frames:
    /// a repeated acceptance may find the link over while its last frames are still under way.
    /// </summary>
    public void Decline(Accepted accepted) => effects.Tell(accepted.Relay, new LinkEnd(accepted.Link, self));

    /// <summary>Keeps the offer of another connection until it may be answered.</summary>
    public void Keep(Offer offer) => _offers.Enqueue(offer);

    /// <summary>Answers those who have asked for a link. A repeated offer gets the same answer.</summary>
    /// <param name="held">The reservation that links may be asked for by, if there is one.</param>
    /// <param name="promisedId">The id of a link that the peer is about to open; no other gets it.</param>
    /// <param name="now">The connection's clock in ms.</param>
    public void AnswerOffers(ReservationName? held, short? promisedId, long now)
    {
        while (_offers.TryDequeue(out var offer))
        {
            if (_open.TryGet(offer.Link, out var link))
                Accept(link);
            else if (held == offer.Host && IsNew(offer.Link, now) && _ids.TryTake(id => id == promisedId || IsInUse(id), out var id))
                Open(offer, id);
            else
                effects.Tell(offer.Relay, new Refused(offer.Link));
        }
    }

    /// <summary>Says once more what the other ends have not confirmed.</summary>
    public void Repeat()
    {
        foreach (var link in _unconfirmed)
            Accept(link);
    }

    /// <summary>Takes a letter about an open link.</summary>
    /// <returns>False where the link is not open.</returns>
    public bool TryTake(ILinkLetter letter)
    {
        if (!_open.TryGet(letter.Link, out var link))
            return false;

        _unconfirmed.Remove(link);
        switch (letter)
        {
            case LinkFrame frame when frame.From == link.Other:
                if (link.Incoming.TryComplete(frame.Data, frame.More, out var whole))
                {
                    FrameHeader.RewriteId(whole.Span, link.Id);
                    effects.Write(whole);
                }

                break;
            case LinkEnd end when end.From == link.Other:
                Remove(link);
                break;
            case Accepted second when second.Acceptor != link.Other:
                Decline(second);
                break;
        }

        return true;
    }

    /// <summary>A node has left: links that end there, or go through an address there, are over.</summary>
    public void NodeLost(int node)
    {
        _offers = new Queue<Offer>(_offers.Where(offer => offer.Link.Initiator.Node != node && offer.Relay.Node != node));
        foreach (var link in _open.ToArray())
        {
            if (link.Touches(node))
                Remove(link);
        }
    }

    private bool IsNew(LinkName link, long now) =>
        (_accepted ??= new RecentRequests()).TryNote(link.Initiator, link.Request, now);

    private void Open(Offer offer, short id)
    {
        var link = new Link(offer.Link, id, offer.Link.Initiator, offer.Relay);
        _unconfirmed.Add(link);
        Add(link);
        Accept(link);
    }

    private void Add(Link link)
    {
        _open.Add(link);
        effects.Write(Frame.Of(EventType.NewConnection, link.Id));
    }

    private void Accept(Link link) => effects.Tell(link.Other, new Accepted(link.Name, self, link.Relay));

    private void TellEnd(Link link) => effects.Tell(link.Relay, new LinkEnd(link.Name, self));

    private void Remove(Link link)
    {
        _open.Remove(link);
        _unconfirmed.Remove(link);
        effects.Write(Frame.Of(EventType.Disconnected, link.Id));
    }
}
