namespace Signaling.Tests.Faults;

/// <summary>What the processes of some nodes have in memory, at most, from its beginning on.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly ClusterNode[] _nodes;
    private readonly long[] _before;
    private readonly long[] _most;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public MemoryWatch(IEnumerable<ClusterNode> nodes)
    {
        _nodes = [.. nodes];
        _before = [.. _nodes.Select(node => node.Memory)];
        _most = [.. _before];
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>The most that a node has grown by, in MiB.</summary>
    public long Growth => _most.Zip(_before, (most, before) => (most - before) >> 20).Max();

    /// <summary>The most that a node had, in MiB.</summary>
    public long Most => _most.Max() >> 20;

    public (string Name, object Value)[] Figures => [("memory_growth_mib", Growth), ("memory_most_mib", Most)];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                for (var i = 0; i < _nodes.Length; i++)
                    _most[i] = Math.Max(_most[i], _nodes[i].Memory);
            }
        }
        catch (OperationCanceledException)
        {
            // It was told to stop.
        }
    }
}
