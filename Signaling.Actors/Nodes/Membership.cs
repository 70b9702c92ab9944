namespace Signaling.Actors.Nodes;

/// <summary>Who is in the cluster, and who has left it.</summary>
/// <param name="self">The uid of this node.</param>
internal sealed class Membership(int self)
{
    private readonly Dictionary<int, NodeMember> _byUid = [];
    private readonly HashSet<int> _left = []; // one for each process that ever stopped: few
    private NodeMember[] _members = [];

    public int Self { get; } = self;

    /// <summary>All members, this node included, in the order of their addresses.</summary>
    public ReadOnlySpan<NodeMember> Members => _members;

    /// <summary>The uids of all others.</summary>
    public IReadOnlyList<int> Others { get; private set; } = [];

    /// <summary>Whether this node is one. Where it is not, nothing may be concluded from who is not there.</summary>
    public bool IsMember => _byUid.ContainsKey(Self);

    /// <summary>Whether this node serves, or did until it began to leave.</summary>
    public bool IsUp => _byUid.TryGetValue(Self, out var member) && member.IsVoter;

    public bool Contains(int node) => _byUid.ContainsKey(node);

    public bool IsReachable(int node) => _byUid.TryGetValue(node, out var member) && member.IsReachable;

    public bool HasLeft(int node) => _left.Contains(node);

    /// <summary>Takes a new snapshot.</summary>
    /// <returns>Those who are no longer there.</returns>
    public List<NodeMember> Update(IReadOnlyList<NodeMember> members)
    {
        var before = _members;
        Set([.. members]);

        List<NodeMember> gone = [];
        foreach (var member in before)
        {
            if (member.Uid != Self && !_byUid.ContainsKey(member.Uid) && _left.Add(member.Uid))
                gone.Add(member);
        }

        return gone;
    }

    /// <summary>Takes one out.</summary>
    /// <returns>Whether it was not out before.</returns>
    public bool Remove(int node, out NodeMember member)
    {
        member = _byUid.GetValueOrDefault(node, new NodeMember(node, "", MemberStage.Exiting, IsReachable: false));
        if (node == Self || !_left.Add(node))
            return false;

        Set(Array.FindAll(_members, other => other.Uid != node));
        return true;
    }

    private void Set(NodeMember[] members)
    {
        _members = members;
        _byUid.Clear();
        var others = new List<int>(members.Length);
        foreach (var member in members)
        {
            _byUid.Add(member.Uid, member);
            if (member.Uid != Self)
                others.Add(member.Uid);
        }

        Others = others;
    }
}
