namespace Signaling.Tests.Simulation;

/// <summary>What happens in a cluster twice a second: failure detectors look, gossip spreads, unreachable members are dealt with.</summary>
internal sealed class SimRounds(World world, SimCluster cluster, Joining joining) : SimActor
{
    private const long Round = 500;
    private const long StableAfter = 5_000;
    private long _troubledUntil;

    public void Begin() => world.Timeline.Add(world.Now + Round, this, null, 0);

    /// <summary>Something goes on: it is looked at in each round until then.</summary>
    public void Disturb(long length) => _troubledUntil = Math.Max(_troubledUntil, world.Now + length + (4 * Round));

    public override void Handle(object? message, long number)
    {
        world.Timeline.Add(world.Now + Round, this, null, 0);
        if (!IsTroubled())
            return;

        Observe();
        Gossip();
        foreach (var member in cluster.Members)
        {
            if (!member.Node.Runs)
                continue;
            Resolve(member);
            SimCluster.TellState(member.Node);
        }

        joining.Proceed();
    }

    private bool IsTroubled()
    {
        if (world.Now < _troubledUntil || world.Now < world.Network.FaultsUntil + (6 * Round))
            return true;
        foreach (var member in cluster.Members)
        {
            if ((cluster.Current & (1UL << member.Index)) != 0 && (!member.Node.Runs || member.Node.View.Unreachable != 0 || member.Node.View.Version < cluster.Version))
                return true;
        }

        return joining.IsBusy || (cluster.Current & ~cluster.Up) != 0;
    }

    private void Observe()
    {
        foreach (var me in cluster.Members)
        {
            if (!me.Node.Runs || (me.Node.View.Members & (1UL << me.Index)) == 0)
                continue;
            foreach (var other in cluster.Members)
            {
                if (other != me && (me.Node.View.Members & (1UL << other.Index)) != 0)
                {
                    var hears = cluster.Hear(me.Node, other.Node) && (other.Node.View.Removed & (1UL << me.Index)) == 0;
                    me.Node.View.Observe(me.Index, other.Index, hears, world.Now);
                }
            }
        }
    }

    private void Gossip()
    {
        foreach (var me in cluster.Members)
        {
            if (!me.Node.Runs)
                continue;
            foreach (var other in cluster.Members)
            {
                if (other == me || !cluster.Hear(me.Node, other.Node) || world.Chance.Percent(35))
                    continue;
                if (((other.Node.View.Removed & (1UL << me.Index)) | (me.Node.View.Removed & (1UL << other.Index))) != 0)
                    continue;
                me.Node.View.LearnFrom(other.Node.View);
                if (other.Node.View.Version > me.Node.View.Version)
                    cluster.Learn(me.Node);
            }
        }
    }

    private void Resolve(SimMember me)
    {
        var view = me.Node.View;
        var unreachable = view.Unreachable;
        if (unreachable == 0 || (view.Members & (1UL << me.Index)) == 0)
            return;
        if (world.Now - view.StableSince < StableAfter + world.StableVariation(me.Node.Uid))
            return;

        if (!cluster.IsMajority(view.Members & ~unreachable, view.Up))
        {
            world.Met(Met.MinorityEnded);
            me.Node.End("it is not on the majority's side");
            return;
        }

        // All who stay have to agree, and it has to know what they have decided.
        if (view.Version < cluster.Version || (view.Members & ~unreachable & ~cluster.HeardBy(me)) != 0)
            return;

        foreach (var other in cluster.Members)
        {
            if ((unreachable & (1UL << other.Index)) != 0)
                cluster.TakeOut(other);
        }

        cluster.Learn(me.Node);
    }
}
