using Signaling.Actors.Nodes;

namespace Signaling.Tests.Simulation;

/// <summary>What one process knows of the cluster: members and how far they have come, and who sees whom unreachable.</summary>
/// <param name="self">The process.</param>
internal sealed class SimView(SimNode self)
{
    private readonly Dictionary<int, SimPlace> _places = [];
    private readonly List<NodeMember> _snapshot = [];
    private readonly ulong[] _rows = new ulong[SimCluster.MaxMembers]; // by observer: whom it sees unreachable
    private readonly int[] _rowVersions = new int[SimCluster.MaxMembers];
    private readonly long[] _lastContact = new long[SimCluster.MaxMembers];
    private readonly long[] _patience = new long[SimCluster.MaxMembers];

    /// <summary>How many of the changes of members it knows.</summary>
    public int Version { get; set; }

    /// <summary>The members that it knows, by their index in the cluster, and those of them that count.</summary>
    public ulong Members { get; set; }

    public ulong Up { get; set; }

    /// <summary>Those whom it knows to be removed.</summary>
    public ulong Removed { get; set; }

    /// <summary>Whom anybody sees unreachable, as far as it knows.</summary>
    public ulong Unreachable { get; private set; }

    /// <summary>Since when that and the members have not changed, in ms.</summary>
    public long StableSince { get; set; }

    /// <summary>Whether its NodeState is still to be told.</summary>
    public bool IsStale { get; set; }

    /// <summary>Where a node is that it may send to; null: it knows none, or no more.</summary>
    public SimPlace? PlaceOf(int uid) => _places.GetValueOrDefault(uid);

    public void Knows(SimMember member) => _places[member.Node.Uid] = self.World.Places[member.Node.Place];

    public void Forgets(SimMember member) => _places.Remove(member.Node.Uid);

    /// <summary>Its own failure detector: whether it hears from another member.</summary>
    public void Observe(int me, int other, bool hears, long now)
    {
        var bit = 1UL << other;
        if (_patience[other] == 0)
            (_patience[other], _lastContact[other]) = (self.World.Detection(self.Uid, other), now);

        var sees = _rows[me];
        if (hears)
        {
            sees = now - _lastContact[other] < 2_000 ? sees & ~bit : sees;
            _lastContact[other] = now;
        }
        else if (now - _lastContact[other] > _patience[other])
        {
            sees |= bit;
        }

        if (sees == _rows[me])
            return;

        _rows[me] = sees;
        _rowVersions[me]++;
        Sum();
    }

    /// <summary>Takes over what another knows of who sees whom.</summary>
    public void LearnFrom(SimView other)
    {
        var learnt = false;
        for (var i = 0; i < _rows.Length; i++)
        {
            if (other._rowVersions[i] <= _rowVersions[i])
                continue;
            (_rows[i], _rowVersions[i]) = (other._rows[i], other._rowVersions[i]);
            learnt = true;
        }

        if (learnt)
            Sum();
    }

    /// <summary>What those see who are members counts, about those who are.</summary>
    public void Sum()
    {
        ulong sum = 0;
        for (var i = 0; i < _rows.Length; i++)
        {
            if ((Members & (1UL << i)) != 0)
                sum |= _rows[i];
        }

        sum &= Members;
        if (sum == Unreachable)
            return;

        Unreachable = sum;
        StableSince = self.World.Now;
        IsStale = true;
    }

    /// <summary>The members as its NodeState is told them.</summary>
    public IReadOnlyList<NodeMember> Snapshot()
    {
        _snapshot.Clear();
        foreach (var member in self.World.Cluster.InOrder)
        {
            var bit = 1UL << member.Index;
            if ((Members & bit) == 0)
                continue;
            var stage = (Up & bit) != 0 ? MemberStage.Up : MemberStage.Joining;
            _snapshot.Add(new NodeMember(member.Node.Uid, member.Node.Endpoint, stage, (Unreachable & bit) == 0));
        }

        return _snapshot;
    }
}
