using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Actors.Connections;

/// <summary>Takes what the other ends send over the links of one connection, and tells them how far it has come.</summary>
/// <param name="self">The connection.</param>
/// <param name="writer">The peer's socket.</param>
/// <param name="room">What waits for the peer's socket, of all links.</param>
/// <param name="effects">Where letters go.</param>
internal sealed class LinkReceiver(ConnectionUid self, PeerWriter writer, Budget room, IConnectionEffects effects)
{
    private const long AckDelay = 100;
    private readonly List<Link> _untold = [];
    private readonly List<Link> _full = [];

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due { get; private set; } = long.MaxValue;

    /// <summary>Takes a frame, or a piece of one.</summary>
    public void Take(Link link, LinkFrame part, long now)
    {
        if (link.In.TryTake(part, out var frame))
        {
            if (link.EndedAt is null)
            {
                link.Traffic.Received((EventType)frame.Span[0], frame.Length);
                FrameHeader.RewriteId(frame.Span, link.Id);
                writer.Write(link, part.Number, frame);
            }
            else
            {
                room.Return(frame.Length);
                link.In.Wrote(part.Number, frame.Length);
            }
        }

        if (link.In.IsFull && !_full.Contains(link))
        {
            _full.Add(link);
            Tell(link);
        }
        else
        {
            TellSoon(link, now);
        }
    }

    /// <summary>Says at once how far this end has come.</summary>
    public void Tell(Link link)
    {
        link.AckIsDue = false;
        link.In.Told();
        effects.Tell(link.Other, new LinkAck(link.Name, self, link.Other, link.In.Received, link.In.Written, link.In.IsFull));
    }

    /// <summary>Tells the other end of a link that is not open here yet that it has to wait.</summary>
    public void TellToWait(ILinkPart early) =>
        effects.Tell(early.From, new LinkAck(early.Link, self, early.From, Received: 0, Written: 0, Full: true));

    /// <summary>The socket has written something.</summary>
    /// <param name="total">How many messages it has written since it was opened.</param>
    /// <param name="now">The time in ms.</param>
    public void Written(long total, long now)
    {
        while (writer.TryTakeWritten(total, out var link, out var prompt))
        {
            if (link.IsOver)
                continue;
            if (prompt)
                Tell(link);
            else
                TellSoon(link, now);
        }

        Reopen();
    }

    /// <summary>Forgets a link that is over.</summary>
    public void Forget(Link link)
    {
        link.In.Close();
        link.IsOver = true;
        if (link.AckIsDue)
            _untold.Remove(link);
        link.AckIsDue = false;
        _full.Remove(link);
        Reopen();
    }

    /// <summary>Time has passed: tells the other ends what they were not told at once.</summary>
    public void Tick(long now)
    {
        if (now < Due)
            return;

        Due = long.MaxValue;
        foreach (var link in _untold)
        {
            if (link.AckIsDue)
                Tell(link);
        }

        _untold.Clear();
    }

    private void TellSoon(Link link, long now)
    {
        if (link.AckIsDue)
            return;

        link.AckIsDue = true;
        _untold.Add(link);
        Due = Math.Min(Due, now + AckDelay);
    }

    private void Reopen()
    {
        if (_full.Count == 0 || room.Used > Budget.Limit / 2)
            return;

        foreach (var link in _full)
        {
            link.In.Reopen();
            Tell(link);
        }

        _full.Clear();
    }
}
