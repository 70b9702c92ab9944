using Signaling.Actors.Connections;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>Does with peers what a plan says. Where one has gone another comes in its place.</summary>
internal sealed class PeerSteps(World world, Plan plan) : SimActor
{
    private readonly SimPeer?[] _slots = new SimPeer?[Plan.Slots];
    private readonly List<SimPeer> _all = [];

    /// <summary>How many faults of peers there were, and how much peers have done.</summary>
    public int Faults { get; private set; }

    public int Done { get; private set; }

    /// <summary>All that ever were.</summary>
    public IReadOnlyList<SimPeer> All => _all;

    public void Do(PlanStep step)
    {
        if (PeerIn(step) is not { } peer)
            return;

        Done++;
        switch (step.Kind)
        {
            case StepKind.Listen:
                if (step.C == 0 || peer.Holds is null)
                    peer.Listen(Address(peer, step.B));
                break;
            case StepKind.Release:
                peer.Release();
                break;
            case StepKind.Connect:
                peer.Connect(Address(peer, step.B));
                break;
            case StepKind.Send when peer.Open.Count > 0:
                peer.Send(peer.Open[step.B % peer.Open.Count], step.C);
                break;
            case StepKind.Flood when peer.Open.Count > 0:
                var link = peer.Open[step.B % peer.Open.Count];
                for (var i = 0; i < step.C; i++)
                    peer.Send(link, 45_000);
                break;
            case StepKind.Disconnect when peer.Open.Count > 0:
                peer.Disconnect(peer.Open[step.B % peer.Open.Count]);
                break;
            case StepKind.Pipeline:
                Pipeline(peer, step);
                break;
            case StepKind.Heartbeat:
                peer.Heartbeat();
                break;
            case StepKind.Garbage:
                peer.SayGarbage(Garbage(step.B));
                break;
            case StepKind.StallPeer or StepKind.ClosePeer or StepKind.BreakPeer:
                Fail(peer, step);
                break;
        }
    }

    /// <summary>A peer that has not read reads again.</summary>
    public override void Handle(object? message, long number) => ((SimPeer)message!).Resume();

    /// <summary>A peer that comes once all is over, to see what is left.</summary>
    public SimPeer? NewPeer(App app, int choice, Owner? owner = null)
    {
        for (var i = 0; i < world.Places.Length; i++)
        {
            if (world.Places[(choice + i) % world.Places.Length].Started is not { Serves: true } node)
                continue;

            var peer = new SimPeer(world, $"peer {_all.Count}", app, node, Chance.Mix(world.Salt + (ulong)_all.Count), owner);
            world.Note($"{peer} comes to {node} in {app.Path}");
            _all.Add(peer);
            return peer;
        }

        return null;
    }

    private static string Address(SimPeer peer, int choice) => SimAddresses.All.TextOf(peer.App, choice);

    private static byte[] Garbage(int choice)
    {
        var garbage = new byte[choice % 12];
        for (var i = 0; i < garbage.Length; i++)
            garbage[i] = (byte)((choice * 7) + (i * 13));
        if (garbage.Length > 0)
            garbage[0] = (byte)(choice % 2 == 0 ? 0 : 9 + (choice % 180));
        return garbage;
    }

    private void Fail(SimPeer peer, PlanStep step)
    {
        Faults++;
        switch (step.Kind)
        {
            case StepKind.StallPeer:
                world.Met(Met.PeerStalled);
                peer.Stall();
                world.Timeline.Add(world.Now + step.C, this, peer, 0);
                break;
            case StepKind.ClosePeer:
                world.Met(Met.PeerClosed);
                peer.Close();
                break;
            default:
                world.Met(Met.PeerBroke);
                peer.BreakSocket();
                break;
        }
    }

    private void Pipeline(SimPeer peer, PlanStep step)
    {
        world.Met(Met.PeerPipelined);
        if ((step.C & 1) != 0 && peer.Holds is null)
            peer.Listen(Address(peer, step.B + 1));
        if (peer.Connect(Address(peer, step.B)) is { } link)
        {
            for (var i = 0; i < 1 + (step.B % 3); i++)
                peer.Send(link, 20);
            if ((step.C & 2) != 0)
                peer.Disconnect(link);
        }

        if (step.C >= 12)
            peer.Close();
    }

    private SimPeer? PeerIn(PlanStep step)
    {
        var slot = step.A % Plan.Slots;
        if (_slots[slot] is { IsGone: false } peer)
            return peer;

        var app = slot >= Plan.Slots - plan.SharedSlots ? SimAddresses.SharedApp : plan.ExclusiveApp;
        return _slots[slot] = NewPeer(app, (int)(Chance.Mix(world.Salt + (ulong)(step.At + slot)) % 1_000));
    }
}
