using Signaling.Actors.Connections;

namespace Signaling.Tests.Simulation;

/// <summary>One history: peers that do as they like on a cluster to which things happen; then all heals, and what is left is looked at.</summary>
internal sealed class History
{
    private const int Rest = 33_000;
    private const int ProbeTime = 4_000;
    private const int AnswerTime = 11_500;
    private const int LeaveTime = 24_000;
    private readonly Plan _plan;
    private readonly World _world;
    private readonly Faults _faults;
    private readonly PeerSteps _peers;

    private History(Plan plan, long[] met, List<string>? trace)
    {
        _plan = plan;
        _world = new World(plan.Seed, plan.Nodes, plan.Restarts, met, trace);
        _faults = new Faults(_world, plan);
        _peers = new PeerSteps(_world, plan);
    }

    /// <summary>Runs one.</summary>
    /// <param name="plan">What it does.</param>
    /// <param name="steps">Those of the plan's steps that it does.</param>
    /// <param name="met">Counts what it meets.</param>
    /// <param name="trace">Takes what happens, where somebody wants to know.</param>
    /// <returns>How much happened.</returns>
    public static HistorySize Run(Plan plan, ReadOnlySpan<PlanStep> steps, long[] met, List<string>? trace = null)
    {
        try
        {
            return new History(plan, met, trace).Run(steps);
        }
        catch (Exception e) when (e is not InvariantException)
        {
            throw new InvariantException("A state machine has failed", e.ToString());
        }
    }

    private HistorySize Run(ReadOnlySpan<PlanStep> steps)
    {
        foreach (var step in steps)
        {
            _world.RunUntil(step.At);
            if (step.Kind > StepKind.BreakPeer)
                _faults.Do(step);
            else
                _peers.Do(step);
        }

        _world.RunUntil(Math.Max(Plan.Length, _world.Network.FaultsUntil));
        foreach (var peer in _peers.All)
            peer.Resume();
        _world.RunUntil(_world.Now + Rest);
        var size = new HistorySize(_plan.Nodes, _peers.All.Count, _peers.Done, _faults.Count + _peers.Faults, _world.Cluster.IsWell, _world.Timeline.Taken);
        if (size.EndsWell)
            CheckAtRest();
        return size;
    }

    private void CheckAtRest()
    {
        foreach (var peer in _peers.All)
        {
            if (!peer.IsGone)
                peer.CheckAnswered();
        }

        // What is over at one end must be over at the other before anything is said over it.
        foreach (var link in _world.Links)
            RestCheck.CheckGhost(link);
        foreach (var peer in _peers.All)
        {
            for (var i = 0; i < peer.Open.Count; i++)
                peer.Send(peer.Open[i], 16);
        }

        _world.RunUntil(_world.Now + ProbeTime);
        foreach (var link in _world.Links)
            RestCheck.Check(link);
        CheckAddresses();

        foreach (var peer in _peers.All)
            peer.Close();
        _world.RunUntil(_world.Now + LeaveTime);
        CheckNothingStays();
    }

    private void CheckAddresses()
    {
        var checks = new List<AddressCheck>();
        for (var i = 0; i < SimAddresses.Exclusive; i++)
            checks.Add(Ask(_plan.ExclusiveApp, i));
        if (_plan.SharedSlots > 0)
        {
            for (var i = 0; i < SimAddresses.Shared; i++)
                checks.Add(Ask(SimAddresses.SharedApp, i));
        }

        _world.RunUntil(_world.Now + AnswerTime);
        foreach (var check in checks)
            check.Check();
    }

    private AddressCheck Ask(App app, int index)
    {
        var text = _world.Addresses.TextOf(app, index);
        var holders = new List<SimPeer>();
        foreach (var peer in _peers.All)
        {
            if (!peer.IsGone && peer.App == app && string.Equals(peer.Holds, text, StringComparison.Ordinal))
                holders.Add(peer);
        }

        // Of every two addresses that are held, one is taken over, where the policy lets somebody.
        var owner = holders.Count == 1 ? holders[0].Owner : default;
        var fresh = _peers.NewPeer(app, index * 5, owner) ?? throw new InvariantException("I4", "No node serves, and the cluster is well.");
        var takesOver = index % 2 == 1 && holders.Count == 1 && TakeoverCheck.Wins(app, fresh.Owner, owner);
        return new AddressCheck(fresh, text, holders, takesOver);
    }

    private void CheckNothingStays()
    {
        foreach (var place in _world.Places)
        {
            if (place.Started is not { IsAlive: true } node)
                continue;
            foreach (var (_, actor) in node.Here)
            {
                if (actor is SimConnection connection)
                    throw new InvariantException("I4", $"All peers have left, and {connection} has stayed.");
            }

            if (!node.State.IsIdle || node.State.Reservations > 0)
                throw new InvariantException("I4", $"All peers have left, and {node} still has {node.State.Reservations} reservations or something to tell.");
        }
    }
}
