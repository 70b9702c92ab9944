using System.Numerics;

namespace Signaling.Tests.Simulation;

/// <summary>
/// Membership as Akka.Cluster keeps it, told in a few words: who reaches nobody's failure detector for some seconds is
/// unreachable, which spreads as gossip; when that is stable, the side with the majority removes the others, and who is not
/// on it ends itself; nobody becomes Up while somebody is unreachable. One log of changes is the majority's; the others
/// learn of it when they hear from somebody who knows.
/// </summary>
internal sealed class SimCluster : SimActor
{
    public const int MaxMembers = 24;
    private const long Round = 500;
    private const long StableAfter = 5_000;
    private readonly World _world;
    private readonly List<SimMember> _members = [];
    private readonly List<SimMember> _inOrder = [];
    private readonly List<(SimMember Member, MemberChange Change)> _log = [];
    private readonly Joining _joining;
    private long _troubledUntil;

    public SimCluster(World world)
    {
        _world = world;
        _joining = new Joining(world, this);
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
        _world.Timeline.Add(_world.Now + Round, this, null, 0);
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
        var leader = _joining.Leader(); // before: it is the one that decides
        _log.Add((member, change));
        var bit = 1UL << member.Index;
        (Current, Up) = change switch
        {
            MemberChange.Joins => (Current | bit, Up),
            MemberChange.Up => (Current, Up | bit),
            _ => (Current & ~bit, Up & ~bit),
        };
        _world.Note($"{member.Node}: {change}");
        Disturb(2 * Round);
        if (leader is not null)
            Learn(leader.Node);
        if (change == MemberChange.Removed)
            Remove(member);
    }

    /// <summary>Something goes on: it is looked at in each round until then.</summary>
    public void Disturb(long length) => _troubledUntil = Math.Max(_troubledUntil, _world.Now + length + (4 * Round));

    /// <summary>A process has ended.</summary>
    public void HasEnded(SimNode node)
    {
        Disturb(Round);
        _joining.HasEnded(node);
    }

    public override void Handle(object? message, long number)
    {
        _world.Timeline.Add(_world.Now + Round, this, null, 0);
        if (!IsTroubled())
            return;

        Observe();
        Gossip();
        foreach (var member in _members)
        {
            if (!member.Node.Runs)
                continue;
            Resolve(member);
            TellState(member.Node);
        }

        _joining.Proceed();
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

    private static void TellState(SimNode node)
    {
        if (!node.View.IsStale)
            return;

        node.View.IsStale = false;
        node.TellNode(ViewChanged.Instance);
    }

    private bool IsTroubled()
    {
        if (_world.Now < _troubledUntil || _world.Now < _world.Network.FaultsUntil + (6 * Round))
            return true;
        foreach (var member in _members)
        {
            if ((Current & (1UL << member.Index)) != 0 && (!member.Node.Runs || member.Node.View.Unreachable != 0 || member.Node.View.Version < Version))
                return true;
        }

        return _joining.IsBusy || (Current & ~Up) != 0;
    }

    private void Observe()
    {
        foreach (var me in _members)
        {
            if (!me.Node.Runs || (me.Node.View.Members & (1UL << me.Index)) == 0)
                continue;
            foreach (var other in _members)
            {
                if (other != me && (me.Node.View.Members & (1UL << other.Index)) != 0)
                {
                    var hears = Hear(me.Node, other.Node) && (other.Node.View.Removed & (1UL << me.Index)) == 0;
                    me.Node.View.Observe(me.Index, other.Index, hears, _world.Now);
                }
            }
        }
    }

    private void Gossip()
    {
        foreach (var me in _members)
        {
            if (!me.Node.Runs)
                continue;
            foreach (var other in _members)
            {
                if (other == me || !Hear(me.Node, other.Node) || _world.Chance.Percent(35))
                    continue;
                if (((other.Node.View.Removed & (1UL << me.Index)) | (me.Node.View.Removed & (1UL << other.Index))) != 0)
                    continue;
                me.Node.View.LearnFrom(other.Node.View);
                if (other.Node.View.Version > me.Node.View.Version)
                    Learn(me.Node);
            }
        }
    }

    private void Resolve(SimMember me)
    {
        var view = me.Node.View;
        var unreachable = view.Unreachable;
        if (unreachable == 0 || (view.Members & (1UL << me.Index)) == 0)
            return;
        if (_world.Now - view.StableSince < StableAfter + _world.StableVariation(me.Node.Uid))
            return;

        if (!IsMajority(view.Members & ~unreachable, view.Up))
        {
            _world.Met(Met.MinorityEnded);
            me.Node.End("it is not on the majority's side");
            return;
        }

        // All who stay have to agree, and it has to know what they have decided.
        if (view.Version < Version || (view.Members & ~unreachable & ~HeardBy(me)) != 0)
            return;

        foreach (var other in _members)
        {
            if ((unreachable & (1UL << other.Index)) != 0)
                TakeOut(other);
        }

        Learn(me.Node);
    }

    private void Remove(SimMember member)
    {
        _world.Met(Met.NodeRemoved);
        _world.Homes.Removed(member.Node);

        // Where somebody tells it, it ends; otherwise it goes on until its lease ends.
        if (member.Node.Runs && _world.Chance.Percent(60))
            _world.Timeline.Add(_world.Now + 300 + _world.Chance.Below(2_000), this._joining, member.Node, Joining.Downed);
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
