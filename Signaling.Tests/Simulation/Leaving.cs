namespace Signaling.Tests.Simulation;

/// <summary>
/// A node that leaves in order, as after a SIGTERM: it takes no new peers and sends its own away, says farewell, hands its
/// shards over, leaves the cluster and ends.
/// </summary>
internal sealed class Leaving(World world) : SimActor
{
    private const long LookAgain = 300;
    private const int PeersAtOnce = 2;

    public bool Begin(SimNode node)
    {
        if (node.IsLeaving || world.Cluster.MemberOf(node) is not { } member || !world.Cluster.IsWell)
            return false;
        if (System.Numerics.BitOperations.PopCount(world.Cluster.Up) < 3 || (world.Cluster.Up & (1UL << member.Index)) == 0)
            return false;

        world.Met(Met.NodeLeft);
        node.IsLeaving = true;
        world.Timeline.Add(world.Now + LookAgain, this, member, 0);
        return true;
    }

    public override void Handle(object? message, long number)
    {
        var member = (SimMember)message!;
        var node = member.Node;
        if (!node.IsAlive)
            return;

        world.Timeline.Add(world.Now + LookAgain, this, message, number);
        if (!node.MayAct() || SendsPeersAway(node))
            return;

        node.SayFarewell();
        if (!node.State.IsFarewellHeard || !node.State.IsIdle || HandsShardsOver(member))
            return;

        world.Cluster.TakeOut(member);
        node.End("it leaves");
    }

    /// <returns>Whether some are left.</returns>
    private static bool SendsPeersAway(SimNode node)
    {
        var (left, told) = (false, 0);
        foreach (var (_, actor) in node.Here)
        {
            if (actor is not SimConnection connection)
                continue;

            left = true;
            if (!connection.Peer.IsGone && told++ < PeersAtOnce)
                connection.Peer.Close();
        }

        return left;
    }

    /// <returns>Whether some are left.</returns>
    private bool HandsShardsOver(SimMember member)
    {
        var left = false;
        for (var shard = 0; shard < SimHomes.Shards; shard++)
        {
            if (world.Homes.HomeOf(shard) != member.Node)
                continue;

            left = true;
            world.Homes.Move(shard, member.Index + 1 + shard);
        }

        return left;
    }
}
