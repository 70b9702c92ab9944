using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// One node: it decides which reservations of its connections stand, answers and calls the rolls of shards, keeps its lease,
/// finds out which nodes are lost, and answers for the connections that it no longer has. Each input comes with the time,
/// in ms of a clock that never goes back. Effects must not lead back in before an input has returned.
/// </summary>
public sealed partial class NodeState
{
    private readonly INodeEffects _effects;
    private readonly Membership _membership;
    private readonly ReservationTable _table = new();
    private readonly Leases _leases;
    private readonly Reservations _reservations;
    private readonly RollBook _rolls;
    private readonly BrokenEnds _brokenEnds;
    private readonly Digests _digests;
    private bool _wasUp;
    private bool _isOver;

    /// <summary>A node that has joined no cluster yet.</summary>
    /// <param name="self">Its uid.</param>
    /// <param name="effects">What comes of each input.</param>
    public NodeState(int self, INodeEffects effects)
    {
        _effects = effects;
        _membership = new Membership(self);
        _leases = new Leases(_membership, effects);
        var promises = new Promises(_membership, _leases.Lost, _table, effects);
        _reservations = new Reservations(_membership, _table, promises, effects);
        _rolls = new RollBook(_membership, _leases.Lost, _table, promises, effects);
        _brokenEnds = new BrokenEnds(_membership, effects);
        _digests = new Digests(self, _table, effects);
    }

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all. Earlier does no harm.</summary>
    public long Due => _isOver
        ? long.MaxValue
        : Math.Min(
            Math.Min(Math.Min(_leases.Due, _digests.Due), Math.Min(_reservations.Due, _rolls.Due)),
            _brokenEnds.Due);

    /// <summary>Whether nothing of connections that are gone is left to be told to others.</summary>
    public bool IsIdle => _reservations.IsIdle && _brokenEnds.IsEmpty;

    /// <summary>Whether every other member knows that this node has no connections any more.</summary>
    public bool IsFarewellHeard => _leases.IsFarewellHeard;

    /// <summary>How many members the cluster has.</summary>
    public int Members => _membership.Members.Length;

    /// <summary>How many reservations the connections here hold.</summary>
    public int Reservations => _table.Count;

    /// <summary>Them, in no order.</summary>
    public IReadOnlyList<Standing> Standings => _table.ToArray();

    /// <summary>How many shards' rolls were called here, and not elsewhere since.</summary>
    public int ShardsCalled => _rolls.Called;

    /// <summary>Whether the node may serve.</summary>
    public bool IsLeaseHeld(long now) => !_isOver && _leases.IsHeld(now);

    /// <summary>The cluster has changed. Whoever is no longer among its members has been removed.</summary>
    /// <param name="members">All members, this node included, in the order of their addresses.</param>
    /// <param name="now">The time, in ms.</param>
    public void MembersAre(IReadOnlyList<NodeMember> members, long now)
    {
        if (IsOver(now))
            return;

        foreach (var gone in _membership.Update(members))
            Remove(gone, now);

        MembersChanged(now);
    }

    /// <summary>A node has been removed from the cluster. It may be said before or after <see cref="MembersAre"/> without it.</summary>
    public void Removed(int node, long now)
    {
        if (IsOver(now) || !_membership.Remove(node, out var member))
            return;

        Remove(member, now);
        MembersChanged(now);
    }

    /// <summary>A peer's reservation ends, or is no longer waited for.</summary>
    public void Receive(GivenBack givenBack, long now)
    {
        if (!IsOver(now))
            _reservations.GiveBack(givenBack.Key, givenBack.Name, now);
    }

    /// <summary>A connection ends.</summary>
    public void Receive(ConnectionEnded ended, long now)
    {
        if (IsOver(now))
            return;

        _reservations.GiveBackAllOf(ended.Connection, now);
        _brokenEnds.Add(ended.Links, now);
    }

    /// <summary>A connection has broken a link.</summary>
    public void Receive(LinkBroken broken, long now)
    {
        if (!IsOver(now))
            _brokenEnds.Add([broken.Link], now);
    }

    /// <summary>This node has no connections any more and never will: nobody has to wait for its lease to end.</summary>
    public void SayFarewell(long now)
    {
        if (IsOver(now))
            return;

        _digests.Stop();
        _leases.SayFarewell(now);
    }

    /// <summary>An address starts on this node, or asks again for its roll.</summary>
    public void Receive(AddressStarted started, long now)
    {
        if (!IsOver(now))
            _rolls.Receive(started, now);
    }

    /// <summary>An address of this node ends.</summary>
    public void Receive(AddressEnded ended, long now)
    {
        if (!IsOver(now))
            _rolls.Receive(ended, now);
    }

    /// <summary>What an address of this node holds has changed.</summary>
    public void Receive(StandingChanged change, long now)
    {
        if (!IsOver(now))
            _rolls.Receive(change);
    }

    /// <summary>A node's digest of a shard that lives here.</summary>
    public void Receive(Digest digest, long now)
    {
        if (!IsOver(now))
            _rolls.Receive(digest, now);
    }

    /// <summary>Time has passed.</summary>
    public void Tick(long now)
    {
        if (IsOver(now))
            return;

        TakeLost(now);
        _leases.Tick(now);
        _rolls.Tick(now);
        _reservations.Tick(now);
        _brokenEnds.Tick(now);
        _digests.Tick(now);
    }

    private bool IsOver(long now)
    {
        if (!_isOver && _leases.IsOver(now))
        {
            _isOver = true;
            _effects.LeaseOver();
        }

        return _isOver;
    }

    private void Remove(NodeMember node, long now)
    {
        _effects.Removed(node.Uid);
        _leases.Removed(node, now);
        _brokenEnds.Removed(node.Uid);
        _digests.Hurry(now);
    }

    private void MembersChanged(long now)
    {
        _leases.MembersChanged(now);
        TakeLost(now);
        _rolls.MembersChanged(now);
        if (!_wasUp && _membership.IsUp)
        {
            _wasUp = true;
            _digests.Start(_membership.Members.Length == 1, now);
        }
    }

    private void TakeLost(long now)
    {
        while (_leases.TryTakeLost(now, out var node))
        {
            _effects.Lost(node);
            _rolls.Lost(node);
            _rolls.MembersChanged(now);
            _digests.Hurry(now);
        }
    }
}
