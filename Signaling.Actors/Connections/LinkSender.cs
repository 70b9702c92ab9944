using Signaling.Actors.Links;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>Sends what the peer says over its links, and sees to it that it arrives.</summary>
/// <param name="self">The connection.</param>
/// <param name="links">Its links.</param>
/// <param name="effects">Where letters go.</param>
internal sealed class LinkSender(ConnectionUid self, LinkTable links, IConnectionEffects effects)
{
    private const long LongestStall = 10_000;
    private const long LongestStallBesideOthers = 750; // so that whom the others talk to is not held up for 1 s
    private readonly Budget _sent = new();
    private readonly HashSet<Link> _outstanding = [];
    private readonly List<Link> _silent = [];
    private readonly StallClock _stall = new(); // of all links together
    private Link? _waitedFor;

    /// <summary>What all links have sent and the other ends' sockets have not written.</summary>
    public Budget Sent => _sent;

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due { get; private set; } = long.MaxValue;

    /// <summary>Sends a frame of the peer.</summary>
    /// <returns>False where it has to wait, and what the peer says after it too.</returns>
    public bool TrySend(Link link, Memory<byte> frame, long now)
    {
        if (!link.Out.HasRoomFor(frame.Length))
            return WaitFor(link, now);
        if (!_sent.Fits(frame.Length))
            return WaitFor(links.ToArray().MaxBy(other => other.Out.Bytes)!, now);

        Resume(now);
        while (frame.Length > 0)
        {
            var length = FramePieces.NextLength(frame.Length);
            var piece = new LinkFrame(link.Name, self, link.Other, link.Out.Next, frame[..length], More: length < frame.Length);
            Add(link, piece, length, now);
            frame = frame[length..];
        }

        return true;
    }

    /// <summary>Closes this end of a link. It stays known until the other end has all that was sent.</summary>
    public void End(Link link, long now)
    {
        link.EndedAt = now;
        links.Close(link);
        Add(link, new LinkEnd(link.Name, self, link.Other, link.Out.Next), length: 0, now);
    }

    /// <summary>The other end says how far it has come.</summary>
    public void Take(Link link, LinkAck ack, long now)
    {
        var again = link.Out.Take(ack, now, out var written);
        foreach (var part in again)
            Send(link, part);

        link.Stall.Wrote(written, now);
        if (_waitedFor == link)
            _stall.Wrote(written, now);
        Schedule(link.Out.Due);
    }

    /// <summary>The link's address is not there any more: what follows goes straight, and so does what may be lost.</summary>
    public void GoStraight(Link link, long now)
    {
        if (link.IsStraight)
            return;

        link.IsStraight = true;
        foreach (var part in link.Out.SendAgain(now))
            Send(link, part);
    }

    /// <summary>Forgets a link that is over.</summary>
    public void Forget(Link link, long now)
    {
        link.Out.Close();
        _outstanding.Remove(link);
        if (_waitedFor == link)
            Resume(now);
    }

    /// <summary>Time has passed: says again what was not confirmed.</summary>
    /// <param name="now">The time in ms.</param>
    /// <returns>
    /// The links that have kept the peer waiting for too long; whose other ends have not taken their end in time; or that
    /// are over, all confirmed.
    /// </returns>
    public IReadOnlyList<Link> Tick(long now)
    {
        _silent.Clear();
        if (now < Due)
            return _silent;

        Due = long.MaxValue;
        foreach (var link in _outstanding)
            Repeat(link, now);
        if (_waitedFor is { } stalled && HasStalled(stalled, now))
            _silent.Add(stalled);
        else if (_waitedFor is not null)
            AskForRoom(_waitedFor, now);
        return _silent;
    }

    // What has had its turn is dropped by the other end, and answered by how far it has come.
    private void AskForRoom(Link link, long now)
    {
        if (link.Out.TryAsk(now))
            effects.Tell(link.Other, new LinkFrame(link.Name, self, link.Other, link.Out.Next - 1, Memory<byte>.Empty, More: false));
        Schedule(now + ConnectionState.StallCheckInterval);
    }

    private void Repeat(Link link, long now)
    {
        foreach (var part in link.Out.Tick(now, out var silent))
        {
            link.IsStraight |= silent;
            Send(link, part);
        }

        if (!link.Out.IsOutstanding)
        {
            _outstanding.Remove(link); // allowed while a HashSet is gone through
            return;
        }

        if (link.EndedAt + ConnectionState.LongestLinger <= now)
            _silent.Add(link);
        Schedule(link.Out.Due);
    }

    private void Add(Link link, ILinkPart part, int length, long now)
    {
        if (!link.Out.IsOutstanding)
            _outstanding.Add(link);
        if (link.Out.Add(part, length, now))
            Send(link, part);
        Schedule(link.Out.Due);
    }

    private void Send(Link link, ILinkPart part)
    {
        if (link.IsStraight)
            effects.Tell(link.Other, part);
        else
            effects.Tell(link.Relay, part);
    }

    private bool WaitFor(Link link, long now)
    {
        if (_waitedFor != link)
            _waitedFor?.Stall.Resume(now);
        _waitedFor = link;
        link.Stall.Wait(now);
        _stall.Wait(now);
        Schedule(HasStalled(link, now) ? now : now + ConnectionState.StallCheckInterval);
        return false;
    }

    // However many links there are, the peer is not kept waiting for longer than by a single one: its pongs wait too.
    private bool HasStalled(Link link, long now) =>
        link.Stall.Total(now) >= (links.OpenCount > 1 ? LongestStallBesideOthers : LongestStall) || _stall.Total(now) >= LongestStall;

    private void Resume(long now)
    {
        _stall.Resume(now);
        _waitedFor?.Stall.Resume(now);
        _waitedFor = null;
    }

    private void Schedule(long at) => Due = Math.Min(Due, at);
}
