using Signaling.Actors.Connections;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>What a history does, and when: all of it comes out of its seed.</summary>
internal sealed class Plan
{
    public const int Slots = 7;
    public const int PeerSteps = 200;

    /// <summary>The time that peers and faults have, in ms.</summary>
    public const int Length = 42_000;

    private const int Begin = 1_500;
    private readonly Chance _chance;
    private readonly List<PlanStep> _steps = [];

    public Plan(ulong seed)
    {
        _chance = new Chance(Chance.Mix(seed ^ 0xB1A5));
        Seed = seed;
        Nodes = _chance.Percent(75) ? 3 : _chance.Between(4, 5);
        SharedSlots = _chance.Of<int>([0, 0, 0, 0, 2, 2, 3, 7]);
        Restarts = _chance.Percent(80);
        ExclusiveApp = SimAddresses.ExclusiveApp with { Takeover = (Takeover)(seed / 7 % 3) };
        IsCrowded = seed % 40 == 7;
        if (IsCrowded)
            Crowd();
        else
            Peers();
        Faults();
        _steps.Sort(static (a, b) => a.At.CompareTo(b.At));
        Steps = [.. _steps];
    }

    public ulong Seed { get; }

    public int Nodes { get; }

    /// <summary>The app that does not share addresses, with the policy of this history.</summary>
    public App ExclusiveApp { get; }

    /// <summary>How many of the peers are in the app that shares addresses.</summary>
    public int SharedSlots { get; }

    /// <summary>Whether processes that end are started again.</summary>
    public bool Restarts { get; }

    /// <summary>Whether many peers fill the memory of few.</summary>
    public bool IsCrowded { get; }

    public PlanStep[] Steps { get; }

    private int SomeTime() => Begin + _chance.Below(Length - Begin - 500);

    private void Add(int at, StepKind kind, int a = 0, int b = 0, int c = 0) => _steps.Add(new PlanStep(at, kind, a, b, c));

    private void Peers()
    {
        // First some hosts, so that there is somebody to call.
        for (var slot = 0; slot < Slots; slot += 2)
            Add(Begin + _chance.Below(500), StepKind.Listen, slot, slot / 2);

        for (var i = 0; i < PeerSteps; i++)
            PeerStep(SomeTime(), _chance.Below(Slots));
    }

    private void PeerStep(int at, int slot)
    {
        var some = _chance.Below(1_000);
        var isHost = slot % 2 == 0;
        switch (_chance.Below(100))
        {
            case < 9:
                Add(at, StepKind.Listen, slot, some, isHost && _chance.Percent(70) ? 1 : 0);
                break;
            case < 12:
                Add(at, StepKind.Release, slot);
                break;
            case < 32:
                Add(at, StepKind.Connect, slot, some);
                break;
            case < 70:
                Add(at, StepKind.Send, slot, some, Size());
                break;
            case < 76:
                Add(at, StepKind.Disconnect, slot, some);
                break;
            case < 84:
                Add(at, StepKind.Pipeline, slot, some, _chance.Below(16));
                break;
            case < 86:
                Add(at, StepKind.Flood, slot, some, _chance.Between(3, 14));
                break;
            case < 88:
                Add(at, StepKind.StallPeer, slot, 0, _chance.Percent(60) ? _chance.Between(200, 3_000) : _chance.Between(3_000, 16_000));
                break;
            case < 92:
                Add(at, StepKind.ClosePeer, slot);
                break;
            case < 94:
                Add(at, StepKind.BreakPeer, slot);
                break;
            case < 97:
                Add(at, StepKind.Heartbeat, slot);
                break;
            default:
                Add(at, StepKind.Garbage, slot, some);
                break;
        }
    }

    // Mostly what peers say to each other; now and then what travels in pieces, or is more than a window.
    private int Size() => _chance.Below(1_000) switch
    {
        < 3 => _chance.Between(200_000, 400_000),
        < 40 => _chance.Between(20_000, 60_000),
        _ => _chance.Between(12, 60),
    };

    /// <summary>All others call one host, and all send more than anybody should keep to peers that don't read.</summary>
    private void Crowd()
    {
        Add(Begin, StepKind.Listen, 0, 0);
        var hostReads = _chance.Percent(50);
        for (var slot = 1; slot < Slots; slot++)
            Add(Begin + 1_000 + _chance.Below(300), StepKind.Connect, slot, 0);
        for (var slot = 0; slot < Slots; slot++)
        {
            if (slot == 0 != hostReads)
                Add(Begin + 2_500, StepKind.StallPeer, slot, 0, _chance.Between(3_000, 20_000));
        }

        for (var i = 0; i < 60; i++)
            Add(Begin + 2_600 + _chance.Below(1_500), StepKind.Flood, hostReads ? 0 : 1 + (i % (Slots - 1)), i, _chance.Between(4, 7));
        for (var i = 0; i < PeerSteps; i++)
            PeerStep(Begin + 6_000 + _chance.Below(Length - Begin - 7_000), _chance.Below(Slots));
    }

    private void Faults()
    {
        for (var count = _chance.Between(2, 5); count > 0; count--)
            Fault(Begin + 500 + _chance.Below(Length - 16_000));
        if (Nodes == 5 && _chance.Percent(60))
            FailTogether(Begin + 4_000 + _chance.Below(Length - 26_000), _chance.Below(5));
        else if (_chance.Percent(55))
            MajorFault(Begin + 1_000 + _chance.Below(Length - 22_000));
        if (_chance.Percent(12))
            MajorFault(Begin + 1_000 + _chance.Below(Length - 16_000));
    }

    private void Fault(int at)
    {
        var (a, b) = (_chance.Below(5), _chance.Below(5));
        switch (_chance.Below(10))
        {
            case 0:
                Add(at, StepKind.Lose, a, b, (_chance.Between(500, 6_000) * 100) + _chance.Of<int>([5, 20, 40, 60]));
                break;
            case 1:
                Add(at, StepKind.Double, a, b, (_chance.Between(1_000, 10_000) * 100) + _chance.Of<int>([10, 40, 90]));
                break;
            case 2:
                Add(at, StepKind.Slow, a, b, (_chance.Between(1_000, 8_000) * 100) + _chance.Of<int>([2, 5, 10, 20, 30]));
                break;
            case 3:
                Add(at, StepKind.CutPair, a, b, _chance.Between(100, 3_500));
                break;
            case 4:
                Add(at, StepKind.HoldPair, a, b, _chance.Between(100, 3_500));
                break;
            case 5 or 6:
                MoveShard(at, a);
                break;
            case 7:
                Add(at, StepKind.Pause, a, 0, _chance.Percent(60) ? _chance.Between(50, 2_500) : _chance.Between(2_500, 7_500));
                break;
            case 8:
                Add(at, StepKind.Leave, a);
                break;
            default:
                Add(at, StepKind.AddNode);
                break;
        }
    }

    private void MoveShard(int at, int slow)
    {
        Add(at, StepKind.MoveShard, _chance.Below(SimHomes.Shards), _chance.Below(64));
        if (_chance.Percent(60))
            return;

        // While it moves, what its old home has said is still under way.
        Add(at - _chance.Between(300, 1_200), StepKind.Slow, slow, 9, (_chance.Between(1_500, 3_500) * 100) + _chance.Of<int>([5, 10, 20, 30]));
        for (var slot = 0; slot < Slots; slot++)
            Add(at - _chance.Below(900), StepKind.Listen, slot, _chance.Below(SimAddresses.Exclusive));
    }

    // Shards find a new home while a node is out of reach that still holds its lease, and what it holds is asked for.
    private void FailTogether(int at, int first)
    {
        var fault = _chance.Of<StepKind>([StepKind.Pause, StepKind.CutOff]);
        Add(at - _chance.Between(1_000, 3_000), fault, first, _chance.Below(8), _chance.Between(7_000, 12_000));
        Add(at, StepKind.RestartAtOnce, first + 1, _chance.Below(2), _chance.Between(50, 500));
        for (var i = 0; i < 2 * Slots; i++)
            Add(at + _chance.Between(1_000, 6_000), StepKind.Listen, i % Slots, _chance.Below(SimAddresses.Exclusive));
    }

    private void MajorFault(int at)
    {
        var a = _chance.Below(5);
        switch (_chance.Below(8))
        {
            case 0 or 1:
                Add(at, StepKind.Crash, a, _chance.Below(2), _chance.Between(1_000, 20_000));
                break;
            case 2:
                Add(at, StepKind.RestartAtOnce, a, _chance.Below(2), _chance.Between(50, 900));
                break;
            case 3:
                Add(at, StepKind.Pause, a, 0, _chance.Between(9_000, 22_000));
                break;
            case 4 or 5:
                Add(at, StepKind.CutOff, a, _chance.Below(8), _chance.Between(9_000, 22_000));
                break;
            case 6:
                // An operator takes a node out that is slow, stopped or cut off: its lease may still run.
                Add(at - 1 - _chance.Below(3_000), _chance.Of<StepKind>([StepKind.Pause, StepKind.CutOff]), a, _chance.Below(8), _chance.Between(6_000, 16_000));
                Add(at - 4_000, StepKind.Slow, a, 9, (_chance.Between(3_900, 4_100) * 100) + _chance.Of<int>([5, 10, 20, 30]));
                Add(at, StepKind.Down, a);
                break;
            default:
                Add(at, StepKind.Down, a);
                break;
        }
    }
}
