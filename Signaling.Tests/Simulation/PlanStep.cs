using System.Runtime.InteropServices;

namespace Signaling.Tests.Simulation;

/// <summary>Something that a history does at a time. Where it can't be done then, nothing happens.</summary>
/// <param name="At">When, in ms.</param>
/// <param name="Kind">What.</param>
/// <param name="A">Who or where.</param>
/// <param name="B">What belongs to it.</param>
/// <param name="C">What belongs to it; of faults mostly their length in ms.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlanStep(int At, StepKind Kind, int A, int B, int C)
{
    public bool IsFault => Kind > StepKind.LastOfPeers;

    public override string ToString() => $"{At,6} {Kind} {A} {B} {C}";
}

/// <summary>What can happen.</summary>
internal enum StepKind
{
    Listen,
    Release,
    Connect,
    Send,
    Disconnect,
    Pipeline,
    Flood,
    Heartbeat,
    Garbage,
    LastOfPeers = Garbage,
    StallPeer,
    ClosePeer,
    BreakPeer,
    Lose,
    Double,
    Slow,
    CutPair,
    HoldPair,
    CutOff,
    Pause,
    Crash,
    RestartAtOnce,
    Down,
    AddNode,
    Leave,
    MoveShard,
}
