namespace Signaling.Tests.Simulation;

/// <summary>Does to nodes and the network what a plan says.</summary>
internal sealed class Faults(World world, Plan plan) : SimActor
{
    private readonly Leaving _leaving = new(world);
    private int _places = plan.Nodes;

    /// <summary>How many faults there were.</summary>
    public int Count { get; private set; }

    public void Do(PlanStep step)
    {
        if (!TryDo(step))
            return;

        Count++;
        world.Note($"--- {step}");
        world.Cluster.Disturb(1_000);
    }

    public override void Handle(object? message, long number) => ((SimNode)message!).Wake();

    private SimNode? NodeAt(int place) => world.Places[place % _places].Process is { IsAlive: true } node ? node : null;

    private bool TryDo(PlanStep step)
    {
        var (a, b) = (step.A % _places, step.B % _places);
        switch (step.Kind)
        {
            case StepKind.Lose:
                return OnWays(a, b, step.C / 100, (way, until) => (way.LossUntil, way.LossPercent) = (until, step.C % 100));
            case StepKind.Double:
                return OnWays(a, b, step.C / 100, (way, until) => (way.TwiceUntil, way.TwicePercent) = (until, step.C % 100));
            case StepKind.Slow:
                return Slow(a, step.B == 9 ? -1 : b, step.C / 100, step.C % 100 * 100);
            case StepKind.CutPair:
                world.Met(Met.PairCut);
                return OnWays(a, b, step.C, static (way, until) => way.DropUntil = Math.Max(way.DropUntil, until));
            case StepKind.HoldPair:
                world.Met(Met.PairCut);
                return OnWays(a, b, step.C, static (way, until) => way.HoldUntil = Math.Max(way.HoldUntil, until));
            case StepKind.CutOff:
                return CutOff(a, step.B, step.C);
            case StepKind.Pause:
                return Pause(NodeAt(a), step.C);
            case StepKind.Crash or StepKind.RestartAtOnce:
                return Crash(NodeAt(a), step);
            case StepKind.Down:
                return Down(NodeAt(a));
            case StepKind.Leave:
                return NodeAt(a) is { } leaver && _leaving.Begin(leaver);
            case StepKind.AddNode:
                return AddNode();
            default:
                return world.Homes.Move(step.A % SimHomes.Shards, step.B);
        }
    }

    private bool OnWays(int a, int b, int length, Action<SimNetwork.Way, long> change)
    {
        if (a == b)
            return false;

        var until = world.Now + length;
        change(world.Network[a, b], until);
        change(world.Network[b, a], until);
        world.Network.FaultsUntil = Math.Max(world.Network.FaultsUntil, until);
        return true;
    }

    private bool Slow(int a, int b, int length, int by)
    {
        if (a == b)
            return false;

        world.Met(Met.MessageSlow);
        for (var other = 0; other < _places; other++)
        {
            if (other == a || (b >= 0 && other != b))
                continue;

            OnWays(a, other, length, (way, until) =>
            {
                // A slower way never becomes faster before its time, or what one sender sent would not keep its order.
                if (world.Now < way.SlowUntil && (way.SlowUntil > until || way.SlowBy > by))
                    return;
                (way.SlowUntil, way.SlowBy) = (until, by);
            });
        }

        return true;
    }

    private bool CutOff(int a, int how, int length)
    {
        world.Met(Met.NodeCutOff);
        var until = world.Now + length;
        for (var other = 0; other < SimNetwork.MaxPlaces; other++)
        {
            if (other == a)
                continue;
            if (how / 2 != 3)
                Cut(world.Network[a, other], how % 2 == 0, until);
            if (how / 2 != 2)
                Cut(world.Network[other, a], how % 2 == 0, until);
        }

        world.Network.FaultsUntil = Math.Max(world.Network.FaultsUntil, until);
        return true;
    }

    private static void Cut(SimNetwork.Way way, bool holds, long until)
    {
        if (holds)
            way.HoldUntil = Math.Max(way.HoldUntil, until);
        else
            way.DropUntil = Math.Max(way.DropUntil, until);
    }

    private bool Pause(SimNode? node, int length)
    {
        if (node is null || node.IsPaused)
            return false;

        world.Met(Met.NodePaused);
        node.Pause();
        world.Timeline.Add(world.Now + length, this, node, 0);
        return true;
    }

    private bool Crash(SimNode? node, PlanStep step)
    {
        if (node is null)
            return false;

        world.Met(step.Kind == StepKind.Crash ? Met.NodeCrashed : Met.NodeStartedAgainAtOnce);
        if (step.Kind == StepKind.RestartAtOnce || plan.Restarts)
            node.RestartAfter = step.C;
        node.End("it crashes");
        if (step.B == 1)
            world.Timeline.LoseFrom(node);
        return true;
    }

    private bool Down(SimNode? node)
    {
        // The operator asks the side that has the majority; whoever asks another one makes two clusters.
        if (node is null || world.Cluster.MemberOf(node) is not { } member || System.Numerics.BitOperations.PopCount(world.Cluster.Up) < 3)
            return false;
        // Nor does it happen at the same moment as a second fault: who stays hears of it.
        if (!world.Cluster.AllHearEachOther(member))
            return false;

        world.Met(Met.NodeDowned);
        world.Cluster.TakeOut(member);
        world.Cluster.LearnAll();
        return true;
    }

    private bool AddNode()
    {
        if (_places >= SimNetwork.MaxPlaces - 1)
            return false;

        world.Met(Met.NodeAdded);
        world.Cluster.Starting.StartAt(world.Places[_places++]);
        return true;
    }
}
