namespace Signaling.Gateway.Sockets;

/// <summary>
/// Keeps the process as small as what lives in it when a crowd of peers has come or left. Afterwards little is allocated, so the
/// collector has no reason to run for long, and what thousands of handshakes or of gone peers have cost would stay with the process.
/// </summary>
internal sealed class CrowdMemory
{
    private const int Crowd = 1_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private int _open;
    private int _least;
    private int _most;
    private bool _settling;

    /// <summary>Takes note of how many sockets are open, whenever that changes. Not for several threads at once.</summary>
    public void Note(int open)
    {
        Volatile.Write(ref _open, open);
        _least = Math.Min(_least, open);
        _most = Math.Max(_most, open);
        if (!_settling && (HasCome(open) || HasLeft(open)))
        {
            _settling = true;
            _ = CollectOnceSettledAsync();
        }
    }

    // A collection moves all that lives, so a crowd is worth one only where it is large beside those who were there.
    private bool HasCome(int open) => open - _least >= Math.Max(Crowd, _least / 2);

    private bool HasLeft(int open) => _most - open >= Math.Max(Crowd, _most / 2);

    private async Task CollectOnceSettledAsync()
    {
        int before;
        do
        {
            before = Volatile.Read(ref _open);
            await Task.Delay(Settling);
        }
        while (Math.Abs(Volatile.Read(ref _open) - before) >= Crowd / 10);

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Volatile.Write(ref _least, before);
        Volatile.Write(ref _most, before);
        Volatile.Write(ref _settling, false);
    }
}
