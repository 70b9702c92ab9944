using System.Numerics;

namespace Signaling.Tests.Simulation;

/// <summary>
/// Membership as Akka.Cluster keeps it, told in a few words: who reaches nobody's failure detector for some seconds is
/// unreachable, which spreads as gossip; when that is stable, the side with the majority removes the others, and who is not
/// on it ends itself; nobody becomes Up while somebody is unreachable. One log of changes is the majority's; the others
/// learn of it when they hear from somebody who knows.
/// </summary>
internal sealed class SimCluster
{
    public const int MaxMembers = 24;
    private readonly World _world;
    private readonly List<SimMember> _members = [];
    private readonly List<SimMember> _inOrder = [];
    private readonly List<(SimMember Member, MemberChange Change)> _log = [];
    private readonly Joining _joining;
    private readonly SimRounds _rounds;

    public SimCluster(World world)
    {
        _world = world;
        _joining = new Joining(world, this);
        _rounds = new SimRounds(world, this, _joining);
    }

    /// <summary>All that ever were, by index, which is their age.</summary>
    public IReadOnlyList<SimMember> Members => _members;

    /// <summary>The same in the order of their addresses.</summary>
    public IReadOnlyList<SimMember> InOrder => _inOrder;

    /// <summary>Those who are members, by the majority's log.</summary>
    public ulong Current { get; private set; }

    public ulong Up { get; private set; }

    /// <summary>Whether all members run, know of each other, see each other and hold their lease.</summary>
    public bool IsWell
    {
        get
        {
            foreach (var member in _members)
            {
                var (bit, node) = (1UL << member.Index, member.Node);
                if ((Current & bit) == 0)
                    continue;
                if ((Up & bit) == 0 || !node.Runs || !node.HoldsLease || node.View.Version < Version || node.View.Unreachable != 0)
                    return false;
            }

            return Current != 0;
        }
    }

    public int Version => _log.Count;

    /// <summary>Who is started again, and joins.</summary>
    public Joining Starting => _joining;

    public void Begin(ReadOnlySpan<SimNode> nodes)
    {
        foreach (var node in nodes)
        {
            var member = Add(node);
            Append(member, MemberChange.Joins);
            Append(member, MemberChange.Up);
        }

        foreach (var node in nodes)
            Learn(node);
        _rounds.Begin();
    }

    public SimMember Add(SimNode node)
    {
        var member = new SimMember(_members.Count, node);
        if (member.Index >= MaxMembers)
            throw new InvalidOperationException("More members than a history can have.");
        node.View.StableSince = _world.Now;
        _members.Add(member);
        _inOrder.Add(member);
        _inOrder.Sort(static (a, b) => (a.Node.Place, a.Node.Uid).CompareTo((b.Node.Place, b.Node.Uid)));
        return member;
    }

    public void Append(SimMember member, MemberChange change)
    {
        var leader = _joining.Leader(change == MemberChange.Removed ? member : null); // before: it is the one that decides
        _log.Add((member, change));
        var bit = 1UL << member.Index;
        (Current, Up) = change switch
        {
            MemberChange.Joins => (Current | bit, Up),
            MemberChange.Up => (Current, Up | bit),
            _ => (Current & ~bit, Up & ~bit),
        };
        _world.Note($"{member.Node}: {change}");
        Disturb(1_000);
        if (leader is not null)
            Learn(leader.Node);
        if (change == MemberChange.Removed)
            Remove(member);
    }

    /// <summary>Something goes on: it is looked at in each round until then.</summary>
    public void Disturb(long length) => _rounds.Disturb(length);

    /// <summary>A process has ended.</summary>
    public void HasEnded(SimNode node)
    {
        Disturb(500);
        _joining.HasEnded(node);
    }

    /// <summary>Whether two processes hear each other now.</summary>
    public bool Hear(SimNode a, SimNode b) => a.Runs && b.Runs && (a.Place == b.Place ? a == b : !_world.Network.IsCut(a.Place, b.Place));

    /// <summary>Those whom a member hears, itself included.</summary>
    public ulong HeardBy(SimMember me)
    {
        ulong heard = 0;
        foreach (var other in _members)
        {
            if (other == me || Hear(me.Node, other.Node))
                heard |= 1UL << other.Index;
        }

        return heard;
    }

    public SimMember? MemberOf(SimNode node) => _members.Find(member => member.Node == node);

    /// <summary>Whether one side is what keep-majority lets survive.</summary>
    public bool IsMajority(ulong side, ulong voters)
    {
        side &= voters;
        var (here, all) = (BitOperations.PopCount(side), BitOperations.PopCount(voters));
        return 2 * here > all || (2 * here == all && (side & (1UL << LowestOf(voters))) != 0);
    }

    private int LowestOf(ulong voters)
    {
        foreach (var member in _inOrder)
        {
            if ((voters & (1UL << member.Index)) != 0)
                return member.Index;
        }

        return 63;
    }

    /// <summary>An operator, or the side that survives, takes a node out.</summary>
    public void TakeOut(SimMember member)
    {
        if ((Current & (1UL << member.Index)) != 0)
            Append(member, MemberChange.Removed);
    }

    /// <summary>Whether all members but one run and hear each other.</summary>
    public bool AllHearEachOther(SimMember except)
    {
        var others = Current & ~(1UL << except.Index);
        foreach (var member in _members)
        {
            if ((others & (1UL << member.Index)) != 0 && (others & ~HeardBy(member)) != 0)
                return false;
        }

        return true;
    }

    /// <summary>All members that run learn what was decided.</summary>
    public void LearnAll()
    {
        foreach (var member in _members)
        {
            if ((Current & (1UL << member.Index)) != 0 && member.Node.Runs)
                Learn(member.Node);
        }
    }

    /// <summary>A process that joins, or hears from one that knows more, learns all that the majority has decided.</summary>
    public void Learn(SimNode node)
    {
        var view = node.View;
        for (; view.Version < _log.Count; view.Version++)
        {
            var (member, change) = _log[view.Version];
            var bit = 1UL << member.Index;
            switch (change)
            {
                case MemberChange.Joins:
                    view.Members |= bit;
                    view.Knows(member);
                    break;
                case MemberChange.Up:
                    view.Up |= bit;
                    break;
                default:
                    (view.Members, view.Up, view.Removed) = (view.Members & ~bit, view.Up & ~bit, view.Removed | bit);
                    view.Forgets(member);
                    node.Region.Forget(member.Node);
                    break;
            }

            (view.IsStale, view.StableSince) = (true, _world.Now);
        }

        view.Sum();
        TellState(node);
    }

    public static void TellState(SimNode node)
    {
        if (!node.View.IsStale)
            return;

        node.View.IsStale = false;
        node.TellNode(ViewChanged.Instance);
    }

    private void Remove(SimMember member)
    {
        _world.Met(Met.NodeRemoved);
        _world.Homes.Removed(member.Node);

        // Where somebody tells it, it ends; otherwise it goes on until its lease ends.
        if (member.Node.Runs && _world.Chance.Percent(60))
            _world.Timeline.Add(_world.Now + 300 + _world.Chance.Below(2_000), _joining, member.Node, Joining.Downed);
    }
}

/// <summary>A process that is or was in the cluster.</summary>
internal sealed record SimMember(int Index, SimNode Node);

/// <summary>What happens to a member.</summary>
internal enum MemberChange
{
    Joins,
    Up,
    Removed,
}

/// <summary>What a process knows of the cluster has changed.</summary>
internal sealed class ViewChanged
{
    public static readonly ViewChanged Instance = new();
}
