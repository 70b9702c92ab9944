namespace Signaling.Actors.Nodes;

/// <summary>
/// The nodes that have been removed from the cluster and may still hold their lease. One is lost when no remaining
/// member's answer keeps its lease alive, or when its process is known to have been started again.
/// </summary>
/// <param name="membership">Who remains.</param>
/// <param name="answers">What this node itself has answered.</param>
internal sealed class LostNodes(Membership membership, LastAnswers answers)
{
    private readonly List<Removed> _removed = [];
    private readonly HashSet<int> _saidFarewell = [];

    /// <summary>Their uids; the list never changes.</summary>
    public IReadOnlyList<int> Waiting { get; private set; } = [];

    /// <summary>All others that may hold a lease: those who have to answer before anything of theirs is given away.</summary>
    public IEnumerable<int> Unlost => membership.Others.Concat(Waiting).Where(node => !_saidFarewell.Contains(node));

    /// <summary>When one of them may become lost by time alone, in ms.</summary>
    public long Due
    {
        get
        {
            var due = long.MaxValue;
            foreach (var removed in _removed)
            {
                if (!removed.IsExpiredHere && membership.IsMember)
                    due = Math.Min(due, answers.ExpiryOf(removed.Node.Uid));
            }

            return due;
        }
    }

    /// <summary>A node has no connections any more and never will: what it held is free, before and after it is removed.</summary>
    /// <returns>Whether that is new.</returns>
    public bool SaysFarewell(int node) => _saidFarewell.Add(node);

    /// <summary>A node has been removed.</summary>
    public void Add(NodeMember node)
    {
        _removed.Add(new Removed(node));
        List();
    }

    /// <summary>Whether a member has said of a removed node what <see cref="Expired"/> takes.</summary>
    public bool IsExpired(int node, int saidBy) => _removed.Exists(removed => removed.Node.Uid == node && removed.ExpiredAt.Contains(saidBy));

    /// <summary>A member has said that no answer of its own keeps a removed node's lease alive.</summary>
    public void Expired(int node, int saidBy)
    {
        foreach (var removed in _removed)
        {
            if (removed.Node.Uid == node)
                removed.ExpiredAt.Add(saidBy);
        }
    }

    /// <summary>Takes out one that is lost.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(long now, out int lost)
    {
        lost = 0;
        if (_removed.Count == 0 || !membership.IsMember)
            return false;

        foreach (var removed in _removed)
        {
            removed.IsExpiredHere = now >= answers.ExpiryOf(removed.Node.Uid);
            if (!_saidFarewell.Contains(removed.Node.Uid) && !IsLost(removed))
                continue;

            lost = removed.Node.Uid;
            _removed.Remove(removed);
            _saidFarewell.Remove(lost);
            List();
            return true;
        }

        return false;
    }

    private bool IsLost(Removed removed)
    {
        var isExpired = removed.IsExpiredHere;
        foreach (var member in membership.Members)
        {
            if (string.Equals(member.Endpoint, removed.Node.Endpoint, StringComparison.Ordinal))
                return true; // nobody else can listen there while the old process lives
            isExpired &= member.Uid == membership.Self || removed.ExpiredAt.Contains(member.Uid);
        }

        return isExpired;
    }

    private void List() => Waiting = _removed.ConvertAll(removed => removed.Node.Uid);

    private sealed class Removed(NodeMember node)
    {
        public NodeMember Node { get; } = node;

        public bool IsExpiredHere { get; set; }

        public HashSet<int> ExpiredAt { get; } = [];
    }
}
