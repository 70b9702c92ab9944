using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>
/// The coordinator of the shards, on the oldest member. It gives each shard one home among the members that are Up, and
/// another when that is removed; it decides nothing while it does not reach a majority.
/// </summary>
internal sealed class SimHomes : SimActor
{
    /// <summary>How many of the shards a history uses.</summary>
    public const int Shards = 3;

    private const long RemovalMargin = 1_000;
    private const int Allocate = 1;
    private const int BeginToEnd = 2;
    private readonly World _world;
    private readonly SimNode?[] _homes = new SimNode?[Shards];
    private readonly SimNode?[] _targets = new SimNode?[Shards];
    private readonly long[] _notBefore = new long[Shards];
    private long _seatFrom;

    public SimHomes(World world) => _world = world;

    /// <summary>The shard of a request, by its number in the history; -1: none that the history uses.</summary>
    public int ShardOf(IAddressRequest request) => _world.Addresses.ShardOf(request);

    public SimNode? HomeOf(int shard) => _homes[shard];

    public bool IsMoving(int shard) => _targets[shard] is not null;

    /// <summary>A region asks for a home.</summary>
    public void AskFrom(SimRegion region, int shard)
    {
        if (Seat() is { } seat && (seat == region.Node || _world.Cluster.Hear(seat, region.Node)))
            _world.Timeline.Add(_world.Now + LagOf(region.Node), this, region, (shard * 4) + Allocate);
    }

    public override void Handle(object? message, long number)
    {
        var shard = (int)(number / 4);
        if (number % 4 == BeginToEnd)
        {
            if (_homes[shard] is { IsAlive: true } home && _targets[shard] is not null)
            {
                Tell(home, new HandOff(shard));
                _world.Timeline.Add(_world.Now + 1_000, this, null, number);
            }

            return;
        }

        if (_targets[shard] is not null || Seat() is not { } seat)
            return;
        if (_homes[shard] is null)
            _homes[shard] = _world.Now >= _notBefore[shard] ? Choose(seat, shard) : null;
        if (_homes[shard] is not { } found)
            return;

        Tell(found, new HomeIs(shard, found));
        if (found.IsAlive && found.Region.ShardOf(shard) is null)
            _world.Timeline.Add(_world.Now + 1_000, this, null, number); // until it has heard
        if (message is SimRegion region && region.Node != found)
            Tell(region.Node, new HomeIs(shard, found));
    }

    /// <summary>Moves a shard.</summary>
    /// <returns>Whether it is going to.</returns>
    public bool Move(int shard, int choice)
    {
        if (Seat() is not { } seat || _targets[shard] is not null || _homes[shard] is not { IsAlive: true } home)
            return false;

        var members = _world.Cluster.Members;
        if (seat.View.Unreachable != 0 || !AllHear(seat) || Target(home, choice) is not { } target)
            return false;

        _world.Note($"shard {shard} moves from {home} to {target.Node}");
        _world.Met(Met.ShardMoved);
        _targets[shard] = target.Node;
        foreach (var member in members)
        {
            if (member.Node.IsAlive)
                Tell(member.Node, new BeginHandOff(shard));
        }

        _world.Timeline.Add(_world.Now + 60, this, null, (shard * 4) + BeginToEnd);
        return true;
    }

    /// <summary>The home of a shard has ended it.</summary>
    public void Stopped(SimRegion region, int shard)
    {
        if (_targets[shard] is not { } target || _homes[shard] != region.Node)
            return;

        (_homes[shard], _targets[shard]) = (target.IsAlive ? target : null, null);
        _world.Timeline.Add(_world.Now + LagOf(region.Node), this, null, (shard * 4) + Allocate);
    }

    /// <summary>A node was removed from the cluster.</summary>
    public void Removed(SimNode node)
    {
        for (var shard = 0; shard < Shards; shard++)
        {
            if (_targets[shard] == node)
                _targets[shard] = null; // the shard stays, or has ended and goes elsewhere
            if (_homes[shard] != node)
                continue;

            (_homes[shard], _targets[shard]) = (null, null);
            _notBefore[shard] = _world.Now + RemovalMargin + _world.Chance.Below(1_500);
            _world.Timeline.Add(_notBefore[shard], this, null, (shard * 4) + Allocate);
        }

        _seatFrom = _world.Now + _world.Chance.Below(1_500);
    }

    // Every region has to say that it keeps what is for the shard, or it stays where it is.
    private bool AllHear(SimNode seat)
    {
        foreach (var member in _world.Cluster.Members)
        {
            if ((_world.Cluster.Current & (1UL << member.Index)) != 0 && member.Node != seat && !_world.Cluster.Hear(seat, member.Node))
                return false;
        }

        return true;
    }

    private SimMember? Target(SimNode home, int choice)
    {
        var members = _world.Cluster.Members;
        for (var i = 0; i < members.Count; i++)
        {
            var target = members[(choice + i) % members.Count];
            if (target.Node != home && target.Node.Runs && !target.Node.IsLeaving && (_world.Cluster.Up & (1UL << target.Index)) != 0)
                return target;
        }

        return null;
    }

    private SimNode? Seat()
    {
        if (_world.Now < _seatFrom)
            return null;

        var cluster = _world.Cluster;
        foreach (var member in cluster.Members)
        {
            if ((cluster.Up & (1UL << member.Index)) == 0)
                continue;
            return member.Node.Runs && cluster.IsMajority(cluster.HeardBy(member), cluster.Up) ? member.Node : null;
        }

        return null;
    }

    private SimNode? Choose(SimNode seat, int shard)
    {
        var cluster = _world.Cluster;
        var members = cluster.Members;
        var first = (int)(Chance.Mix(_world.Salt + (ulong)(shard + (31 * cluster.Version))) % (ulong)members.Count);
        for (var i = 0; i < members.Count; i++)
        {
            var member = members[(first + i) % members.Count];
            var bit = 1UL << member.Index;
            if ((cluster.Up & bit) != 0 && (seat.View.Unreachable & bit) == 0 && !member.Node.IsLeaving)
            {
                _world.Note($"shard {shard} lives on {member.Node}");
                return member.Node;
            }
        }

        return null;
    }

    private void Tell(SimNode node, object message)
    {
        var seat = Seat();
        if (seat is not null && (seat == node || !_world.Network.IsCut(seat.Place, node.Place)))
            _world.Timeline.Add(_world.Now + LagOf(node), node.Region, message, 0);
    }

    private long LagOf(SimNode node) => 3 + (long)(Chance.Mix(_world.Salt + (ulong)node.Uid) % 40);
}
