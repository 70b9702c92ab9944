using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>The request of a peer that its later messages wait for.</summary>
/// <param name="key">The address that it is for.</param>
/// <param name="now">The time in ms.</param>
/// <param name="patience">How long it may take before it is answered in the negative, in ms.</param>
internal abstract class PendingRequest(string key, long now, long patience)
{
    private long _nextRepeat = now + ConnectionState.RepeatInterval;

    public string Key { get; } = key;

    public long Deadline { get; } = now + patience;

    /// <summary>When it is to be repeated or given up, in ms.</summary>
    public long Due => Math.Min(_nextRepeat, Deadline);

    /// <summary>The id that the peer has chosen for the link it waits for, if it does.</summary>
    public virtual short? ChosenId => null;

    /// <summary>Whether it is time to say it again.</summary>
    public bool IsToBeRepeated(long now)
    {
        if (now < _nextRepeat)
            return false;

        _nextRepeat = now + ConnectionState.RepeatInterval;
        return true;
    }

    /// <summary>A node has left the cluster.</summary>
    public virtual void NodeRemoved(int node)
    {
    }
}

/// <summary>The peer has asked for an address.</summary>
internal sealed class PendingReserve(Reserve request, string address, long now, long patience)
    : PendingRequest(request.Key, now, patience)
{
    private readonly List<ReservationName> _earlier = [];
    private Rank _rank;

    public Reserve Request { get; } = request;

    public string Address { get; } = address;

    /// <summary>The reservations that stood before, in their order, as far as their pages have come.</summary>
    public IReadOnlyList<ReservationName> Earlier => _earlier;

    /// <summary>Takes a page of the grant.</summary>
    /// <returns>Whether the grant is complete.</returns>
    public bool TakePage(Granted page)
    {
        if (page.Skip == 0)
        {
            _earlier.Clear();
            _rank = page.Standing.Rank;
        }

        if (page.Skip != _earlier.Count || page.Standing.Rank != _rank)
            return false;

        _earlier.AddRange(page.Earlier);
        return _earlier.Count == page.Total;
    }
}

/// <summary>Links are to be opened: the one that the peer has asked for, or those of a shared address, in their order.</summary>
internal sealed class PendingOpenings : PendingRequest
{
    private readonly Queue<Opening> _inOrder;
    private readonly Dictionary<LinkName, Opening> _byLink;

    public PendingOpenings(string key, IReadOnlyCollection<Opening> openings, long now, long patience)
        : base(key, now, patience)
    {
        _inOrder = new Queue<Opening>(openings);
        _byLink = openings.ToDictionary(o => o.Link);
        IsJoin = openings.Any(o => o.ChosenId is null);
    }

    public bool IsDone => _inOrder.Count == 0;

    /// <summary>Whether the links come of a shared address; later joiners then come after them.</summary>
    public bool IsJoin { get; }

    public override short? ChosenId => _inOrder.TryPeek(out var next) ? next.ChosenId : null;

    public IEnumerable<Opening> Unanswered => _inOrder.Where(o => !o.IsAnswered);

    public override void NodeRemoved(int node)
    {
        foreach (var opening in _inOrder)
            opening.NodeRemoved(node);
    }

    public bool TryGet(LinkName link, out Opening opening) => _byLink.TryGetValue(link, out opening!);

    /// <summary>The next opening whose turn it is and whose answer is there.</summary>
    public bool TryDequeue(out Opening opening)
    {
        if (!_inOrder.TryPeek(out opening!) || !opening.IsAnswered)
            return false;

        _byLink.Remove(opening.Link);
        return _inOrder.TryDequeue(out _);
    }
}
