namespace Signaling.Tests.Simulation;

/// <summary>The supervisor that starts ended processes again, and how they join.</summary>
internal sealed class Joining(World world, SimCluster cluster) : SimActor
{
    public const long Downed = 1;
    private const long Start = 2;
    private readonly List<(SimNode Node, long Since)> _outside = [];

    /// <summary>Whether somebody waits to join.</summary>
    public bool IsBusy => _outside.Count > 0;

    public void HasEnded(SimNode node)
    {
        if (node.RestartAfter is { } delay)
            world.Timeline.Add(world.Now + delay, this, node, Start);
        _outside.RemoveAll(other => other.Node == node);
    }

    /// <summary>Starts a process at a place.</summary>
    public void StartAt(SimPlace place)
    {
        var node = world.NewNode(place);
        world.Note($"{node} starts at {place.Endpoint}");
        _outside.Add((node, world.Now));
        cluster.Disturb(1_000);
    }

    public override void Handle(object? message, long number)
    {
        var node = (SimNode)message!;
        switch (number)
        {
            case Downed when node.Runs && cluster.Members.Any(other => Tells(other, node)):
                node.End("it was taken out of the cluster");
                break;
            case Start when world.Places[node.Place].Process == node && world.Places[node.Place].Process.IsAlive == false:
                world.Met(Met.NodeStartedAgain);
                StartAt(world.Places[node.Place]);
                break;
        }
    }

    /// <summary>Lets those who wait come in, and makes members Up.</summary>
    public void Proceed()
    {
        for (var i = 0; i < _outside.Count; i++)
        {
            var (node, since) = _outside[i];
            if (!node.Runs || world.Now - since < 1_000 || Leader() is not { } leader || !cluster.Hear(leader.Node, node))
                continue;
            if (Earlier(node) is { } earlier)
            {
                cluster.TakeOut(earlier); // the one before it at the same host and port must go first
                continue;
            }

            _outside.RemoveAt(i--);
            var member = cluster.Add(node);
            cluster.Append(member, MemberChange.Joins);
            cluster.Learn(node);
            cluster.Learn(leader.Node);
            if (world.IsRollCallUnderWay)
                world.Met(Met.JoinerDuringRollCall);
        }

        if ((cluster.Current & ~cluster.Up) != 0)
            MakeUp();
    }

    private static bool Knows(SimNode node, SimMember other) => (node.View.Removed & (1UL << other.Index)) != 0;

    private bool Tells(SimMember other, SimNode removed) =>
        cluster.MemberOf(removed) is { } member && cluster.Hear(other.Node, removed) && Knows(other.Node, member);

    // Nobody comes up before all have heard of it, nor while anybody is unreachable.
    private void MakeUp()
    {
        foreach (var member in cluster.Members)
        {
            if (IsMember(member) && (!member.Node.Runs || member.Node.View.Unreachable != 0 || member.Node.View.Version < cluster.Version))
                return;
        }

        foreach (var member in cluster.Members)
        {
            if (IsMember(member) && (cluster.Up & (1UL << member.Index)) == 0)
            {
                cluster.Append(member, MemberChange.Up);
                return;
            }
        }
    }

    private bool IsMember(SimMember member) => (cluster.Current & (1UL << member.Index)) != 0;

    /// <summary>The first member in the order of addresses that reaches a majority.</summary>
    /// <param name="except">Who can't be it.</param>
    public SimMember? Leader(SimMember? except = null)
    {
        foreach (var member in cluster.InOrder)
        {
            if (member != except && IsMember(member) && member.Node.Runs && (cluster.Up & (1UL << member.Index)) != 0
                && (member.Node.View.Members & (1UL << member.Index)) != 0
                && cluster.IsMajority(cluster.HeardBy(member), cluster.Up))
            {
                return member;
            }
        }

        return null;
    }

    private SimMember? Earlier(SimNode node)
    {
        foreach (var member in cluster.Members)
        {
            if (IsMember(member) && member.Node.Place == node.Place && member.Node != node)
                return member;
        }

        return null;
    }
}
