namespace Signaling.Gateway.Sockets;

/// <summary>
/// Gives back the memory of a crowd that has left. When peers leave, nothing is allocated any more, so the collector has
/// no reason to run, and what thousands have cost would stay with the process.
/// </summary>
internal sealed class CrowdMemory
{
    private const int Crowd = 1_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private int _most;
    private bool _collecting;

    /// <summary>Takes note of how many sockets are open, whenever that changes.</summary>
    public void Note(int open)
    {
        var most = Volatile.Read(ref _most);
        if (open > most)
            Interlocked.CompareExchange(ref _most, open, most);
        else if (most - open >= Crowd && open <= most / 2 && !Interlocked.Exchange(ref _collecting, true))
            _ = CollectSoonAsync(open);
    }

    private async Task CollectSoonAsync(int open)
    {
        await Task.Delay(Settling); // the last of them are still on their way out
        Volatile.Write(ref _most, open);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Volatile.Write(ref _collecting, false);
    }
}
