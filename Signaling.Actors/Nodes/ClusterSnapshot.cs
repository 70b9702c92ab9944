using System.Collections.Immutable;
using System.Globalization;
using Akka.Cluster;

namespace Signaling.Actors.Nodes;

/// <summary>The cluster's members, kept up to date from the events of Akka's cluster.</summary>
internal sealed class ClusterSnapshot
{
    private readonly HashSet<int> _unreachable = [];

    // Members compare by address, as they do where Akka decides which half of a cluster to keep.
    private ImmutableSortedSet<Member> _members = [];

    /// <summary>All members, in the order of their addresses.</summary>
    public IReadOnlyCollection<Member> Members => _members;

    /// <summary>Them, as a <see cref="NodeState"/> takes them.</summary>
    public IReadOnlyList<NodeMember> ToNodeMembers() => [.. _members.Select(ToNodeMember)];

    /// <summary>Takes the state that a subscription begins with.</summary>
    public void Start(ClusterEvent.CurrentClusterState state)
    {
        _members = state.Members;
        _unreachable.UnionWith(state.Unreachable.Select(member => member.UniqueAddress.Uid));
    }

    /// <summary>Takes a change.</summary>
    public void Apply(ClusterEvent.IClusterDomainEvent change)
    {
        switch (change)
        {
            case ClusterEvent.MemberRemoved removed:
                _members = _members.Remove(removed.Member);
                _unreachable.Remove(removed.Member.UniqueAddress.Uid);
                break;
            case ClusterEvent.IMemberEvent changed:
                _members = _members.Remove(changed.Member).Add(changed.Member);
                break;
            case ClusterEvent.UnreachableMember unreachable:
                _unreachable.Add(unreachable.Member.UniqueAddress.Uid);
                break;
            case ClusterEvent.ReachableMember reachable:
                _unreachable.Remove(reachable.Member.UniqueAddress.Uid);
                break;
        }
    }

    private NodeMember ToNodeMember(Member member) => new(
        member.UniqueAddress.Uid,
        string.Create(CultureInfo.InvariantCulture, $"{member.Address.Host}:{member.Address.Port}"),
        member.Status switch
        {
            MemberStatus.Joining or MemberStatus.WeaklyUp => MemberStage.Joining,
            MemberStatus.Up => MemberStage.Up,
            MemberStatus.Leaving => MemberStage.Leaving,
            _ => MemberStage.Exiting,
        },
        !_unreachable.Contains(member.UniqueAddress.Uid));
}
