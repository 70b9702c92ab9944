using System.Text;

namespace Signaling.Tests.Simulation;

/// <summary>What many histories come to.</summary>
internal sealed class HistoryTotals
{
    private readonly Lock _gate = new();

    /// <summary>How often each of <see cref="Simulation.Met"/> was met.</summary>
    public long[] Met { get; } = Seed.NewCounts();

    public long Histories { get; private set; }

    /// <summary>How many ended with a cluster that was not well, so that only safety could be looked at.</summary>
    public long Unwell { get; private set; }

    public long Events { get; private set; }

    public int LeastNodes { get; private set; } = int.MaxValue;

    public int LeastPeers { get; private set; } = int.MaxValue;

    public int LeastFaults { get; private set; } = int.MaxValue;

    public long LeastEvents { get; private set; } = long.MaxValue;

    /// <summary>The lowest seed that breaks an invariant.</summary>
    public ulong? Failed { get; private set; }

    /// <summary>Runs the history of a seed.</summary>
    /// <returns>False where it breaks an invariant.</returns>
    public bool Run(ulong seed)
    {
        try
        {
            var size = Seed.Run(seed, Met);
            Histories++;
            Unwell += size.EndsWell ? 0 : 1;
            Events += size.Events;
            LeastNodes = Math.Min(LeastNodes, size.Nodes);
            LeastPeers = Math.Min(LeastPeers, size.Peers);
            LeastFaults = Math.Min(LeastFaults, size.Faults);
            LeastEvents = Math.Min(LeastEvents, size.Events);
            return true;
        }
        catch (InvariantException)
        {
            Failed = Math.Min(Failed ?? ulong.MaxValue, seed);
            return false;
        }
    }

    public void Add(HistoryTotals other)
    {
        lock (_gate)
        {
            Histories += other.Histories;
            Unwell += other.Unwell;
            Events += other.Events;
            LeastNodes = Math.Min(LeastNodes, other.LeastNodes);
            LeastPeers = Math.Min(LeastPeers, other.LeastPeers);
            LeastFaults = Math.Min(LeastFaults, other.LeastFaults);
            LeastEvents = Math.Min(LeastEvents, other.LeastEvents);
            if (other.Failed is { } failed)
                Failed = Math.Min(Failed ?? ulong.MaxValue, failed);
            for (var i = 0; i < Met.Length; i++)
                Met[i] += other.Met[i];
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder($"{Histories} histories, {Events} events, {Unwell} ended unwell. ");
        text.Append($"At least {LeastNodes} nodes, {LeastPeers} peers, {LeastFaults} faults and {LeastEvents} events in each.\n");
        foreach (var met in Enum.GetValues<Met>())
            text.Append($"{met,-32} {Met[(int)met],12}\n");
        return text.ToString();
    }
}
