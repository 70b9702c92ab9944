using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Actors.Connections;

/// <summary>The links of one connection, from their opening to their end.</summary>
/// <param name="self">The connection.</param>
/// <param name="most">Most that the peer may have open at once.</param>
/// <param name="writer">The peer's socket.</param>
/// <param name="room">What waits for the peer's socket, of all links.</param>
/// <param name="traffic">Counts what is sent over them.</param>
/// <param name="effects">What comes of it.</param>
internal sealed class ConnectionLinks(
    ConnectionUid self, int most, PeerWriter writer, Budget room, RelayTraffic traffic, IConnectionEffects effects)
{
    private readonly LinkTable _table = new();
    private LinkIds? _ids;
    private LinkSender? _sender;
    private LinkReceiver? _receiver;

    private LinkSender Sender => _sender ??= new(self, _table, effects);

    private LinkReceiver Receiver => _receiver ??= new(self, writer, room, effects);

    /// <summary>Whether links are left, if only such as wait for a confirmation of their end.</summary>
    public bool IsEmpty => _table.Count == 0;

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due => Math.Min(_sender?.Due ?? long.MaxValue, _receiver?.Due ?? long.MaxValue);

    /// <summary>How many more the peer may open.</summary>
    public int Room => Math.Max(0, most - _table.OpenCount);

    public bool IsInUse(short id) => _table.Contains(id);

    public bool TryGet(LinkName name, out Link link) => _table.TryGet(name, out link!);

    /// <summary>A peer's data, for the other end of one of its links.</summary>
    /// <returns>False where they have to wait, and what the peer says after them too.</returns>
    public bool TryRelay(FrameHeader header, Memory<byte> message, long now)
    {
        if (_table.TryGet(header.Id, out var link))
        {
            if (!Sender.TrySend(link, message[..header.FrameLength], now))
                return false;

            link.Traffic.Sent(header.Type, header.FrameLength);
            traffic.Add(WayOf(link), header.FrameLength);
            return true;
        }

        effects.Ignored(IgnoredMessage.UnknownLink);
        return true;
    }

    /// <summary>All links, for those at the other ends.</summary>
    public IReadOnlyList<BrokenLink> Broken() =>
        [.. _table.ToArray().Select(link => new BrokenLink(link.Name, self, link.Other))];

    /// <summary>The peer closes one of its links.</summary>
    public void Close(short id, long now)
    {
        if (_table.TryGet(id, out var link))
            Close(link, StepReason.Asked, now);
    }

    /// <summary>How the open links are.</summary>
    public IReadOnlyList<LinkReport> Report() =>
        [.. _table.OpenLinks().Select(link => new LinkReport(
            link.Name, link.Key, link.Other, link.IsStraight, link.Traffic.AllSent, link.Traffic.AllReceived))];

    /// <summary>Who runs the service closes all links of an address.</summary>
    public void CloseAllAt(string key, long now)
    {
        foreach (var link in _table.OpenLinks().Where(link => string.Equals(link.Key, key, StringComparison.Ordinal)))
            Close(link, StepReason.Closed, now);
    }

    /// <summary>The connection ends, and all its links with it. Its peer is gone.</summary>
    public void EndAll(long now)
    {
        foreach (var link in _table.OpenLinks())
            End(link, StepReason.PeerLeft, now);
    }

    /// <summary>Opens this end of a link.</summary>
    /// <param name="name">The link.</param>
    /// <param name="other">The connection at the other end.</param>
    /// <param name="relay">The address that its frames go through.</param>
    /// <param name="key">The key of that address.</param>
    /// <param name="chosenId">The id that the peer has chosen for it; null lets the connection choose.</param>
    /// <param name="promisedId">The id of a link that the peer is about to open; the connection chooses no such.</param>
    /// <returns>The link; null where no id is left, or the peer has as many as it may, the one that it is about to open included.</returns>
    public Link? Open(LinkName name, ConnectionUid other, AddressUid relay, string key, short? chosenId, short? promisedId)
    {
        if (Room <= (promisedId is null ? 0 : 1))
        {
            effects.Refused(Refusal.Links);
            effects.Happened(new PeerStep(StepKind.ConnectFailed, StepReason.TooManyLinks, self, key, name, other));
            return null;
        }

        if (chosenId is not { } id && !(_ids ??= new()).TryTake(candidate => candidate == promisedId || IsInUse(candidate), out id))
            return null;

        var link = new Link(name, id, other, relay, Sender.Sent, room, key);
        _table.Add(link);
        effects.Happened(new PeerStep(StepKind.LinkOpened, StepReason.Asked, self, key, name, other));
        writer.Write(Frame.Of(EventType.NewConnection, id));
        return link;
    }

    /// <summary>Says that a link is open to who was told to wait until it is.</summary>
    public void Welcome(Link link) => Receiver.Tell(link);

    /// <summary>Tells the other end of a link that is not open here yet that it has to wait.</summary>
    public void TellToWait(ILinkPart early) => Receiver.TellToWait(early);

    /// <summary>The link's address is not there any more.</summary>
    public void GoStraight(Link link, long now) => Sender.GoStraight(link, now);

    /// <summary>Takes a letter of the other end of a link.</summary>
    public void Take(Link link, ILinkPart part, long now)
    {
        if (part.From != link.Other)
            return;

        switch (part)
        {
            case LinkFrame frame:
                Receiver.Take(link, frame, now);
                break;
            case LinkAck ack:
                Sender.Take(link, ack, now);
                ForgetConfirmed(link, now);
                break;
            case LinkEnd end when link.In.TryTake(end):
                Receiver.Tell(link);
                Over(link, StepReason.OtherLeft, now);
                break;
            case LinkGone:
                Over(link, StepReason.OtherGone, now);
                break;
        }
    }

    /// <summary>The socket has written something.</summary>
    public void Written(long total, long now) => _receiver?.Written(total, now);

    /// <summary>A node has left: links that end there are over, and those whose address lived there go straight.</summary>
    public void NodeRemoved(int node, long now)
    {
        foreach (var link in _table.ToArray())
        {
            if (link.Other.Node == node)
                Over(link, StepReason.NodeLost, now);
            else if (link.Relay.Node == node)
                Sender.GoStraight(link, now);
        }
    }

    /// <summary>Time has passed.</summary>
    public void Tick(long now)
    {
        _receiver?.Tick(now);
        if (_sender is null)
            return;

        foreach (var link in _sender.Tick(now))
        {
            if (!_table.TryGet(link.Name, out var current) || current != link)
                continue;

            effects.Break(new BrokenLink(link.Name, self, link.Other));
            Over(link, StepReason.TooSlow, now);
        }
    }

    private void ForgetConfirmed(Link link, long now)
    {
        if (link.EndedAt is not null && !link.Out.IsOutstanding)
            Forget(link, now);
    }

    private RelayWay WayOf(Link link) =>
        link.IsStraight ? RelayWay.Straight : link.Relay.Node == self.Node ? RelayWay.SameNode : RelayWay.AcrossNodes;

    private void Close(Link link, StepReason reason, long now)
    {
        writer.Write(Frame.Of(EventType.Disconnected, link.Id));
        End(link, reason, now);
    }

    private void End(Link link, StepReason reason, long now)
    {
        Closed(link, reason, now);
        Sender.End(link, now);
    }

    private void Over(Link link, StepReason reason, long now)
    {
        if (link.EndedAt is null)
        {
            Closed(link, reason, now);
            writer.Write(Frame.Of(EventType.Disconnected, link.Id));
        }

        Forget(link, now);
    }

    private void Closed(Link link, StepReason reason, long now)
    {
        link.Traffic.HeldUp = link.Stall.Total(now);
        effects.Happened(new PeerStep(StepKind.LinkClosed, reason, self, link.Key, link.Name, link.Other, link.Traffic));
    }

    private void Forget(Link link, long now)
    {
        _table.Remove(link);
        Sender.Forget(link, now);
        Receiver.Forget(link);
    }
}
