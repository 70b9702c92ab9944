using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>The request of a peer that its later messages wait for.</summary>
/// <param name="deadline">When it is answered in the negative, in ms of the connection's clock.</param>
internal abstract class PendingRequest(long deadline)
{
    public long Deadline { get; } = deadline;

    /// <summary>The id that the peer has chosen for the link it waits for, if it does.</summary>
    public virtual short? ChosenId => null;

    /// <summary>A node has left the cluster.</summary>
    public virtual void NodeLost(int node)
    {
    }
}

/// <summary>The peer has asked for an address.</summary>
internal sealed class PendingReserve(Reserve request, string address, long deadline) : PendingRequest(deadline)
{
    private readonly List<ReservationName> _earlier = [];

    public Reserve Request { get; } = request;

    public string Address { get; } = address;

    /// <summary>The reservations that stood before, in their order, as far as their pages have come.</summary>
    public IReadOnlyList<ReservationName> Earlier => _earlier;

    /// <summary>Takes a page of the grant.</summary>
    /// <returns>Whether the grant is complete.</returns>
    public bool TakePage(Granted page)
    {
        if (page.Skip == 0)
            _earlier.Clear();
        if (page.Skip != _earlier.Count)
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

    public PendingOpenings(IReadOnlyCollection<Opening> openings, long deadline)
        : base(deadline)
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

    public override void NodeLost(int node)
    {
        foreach (var opening in _inOrder)
            opening.NodeLost(node);
    }

    public bool TryTake(ILinkLetter letter)
    {
        if (!_byLink.TryGetValue(letter.Link, out var opening))
            return false;

        opening.Take(letter);
        return true;
    }

    /// <summary>The next opening whose turn it is and whose answer is there.</summary>
    public bool TryDequeue(out Opening opening)
    {
        if (!_inOrder.TryPeek(out opening!) || !opening.IsAnswered)
            return false;

        _byLink.Remove(opening.Link);
        return _inOrder.TryDequeue(out _);
    }
}
