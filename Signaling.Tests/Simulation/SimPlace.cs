using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>A host and port, and the process that listens there, one after the other.</summary>
/// <param name="index">Its number.</param>
internal sealed class SimPlace(int index) : SimActor
{
    private SimNode? _process;

    public int Index { get; } = index;

    public string Endpoint { get; } = $"10.0.0.{index + 1}:4053";

    /// <summary>The process that runs there, or the last that did.</summary>
    public SimNode Process
    {
        get => _process!;
        set => _process = value;
    }

    /// <summary>The process, if there ever was one.</summary>
    public SimNode? Started => _process;

    public override SimNode Node => Process;

    public static long Pack(int node, long number) => ((long)node << 32) | number;

    /// <summary>A letter arrives from another place.</summary>
    public override void Handle(object? message, long number) =>
        Process.Arrive((int)(number >> 32), number & uint.MaxValue, (ILetter)message!);
}
