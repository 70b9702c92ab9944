using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.HttpResults;
using Signaling.Actors.Messages;
using Signaling.Gateway.Desk;

namespace Signaling.Gateway.Admin;

/// <summary>Looks at all nodes again and again while somebody watches, once for all who do.</summary>
internal sealed class LiveCluster(Func<CancellationToken, Task<NodesView>> look, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The pause between two looks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<Channel<LiveView>> _watchers = [];
    private bool _isLooking;

    public LiveCluster(ClusterDesk desk, NodeTopic topic, IHostApplicationLifetime lifetime, TimeProvider time)
        : this(cancellation => ClusterViews.NodesAsync(desk, topic, cancellation), lifetime, time)
    {
    }

    /// <summary>Answers who wants to watch, until that ends it, or the node stops.</summary>
    public static ServerSentEventsResult<LiveView> Serve(LiveCluster live, CancellationToken aborted) =>
        TypedResults.ServerSentEvents(live.WatchAsync(aborted));

    /// <summary>What is seen at each look. Who is slow misses some.</summary>
    public async IAsyncEnumerable<SseItem<LiveView>> WatchAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var seen = Channel.CreateBounded<LiveView>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        Join(seen);
        try
        {
            while (await IsMoreAsync(seen.Reader, end.Token))
            {
                if (seen.Reader.TryRead(out var view))
                    yield return new SseItem<LiveView>(view);
            }
        }
        finally
        {
            Leave(seen);
        }
    }

    private static async Task<bool> IsMoreAsync(ChannelReader<LiveView> seen, CancellationToken end)
    {
        try
        {
            return await seen.WaitToReadAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Join(Channel<LiveView> watcher)
    {
        lock (_lock)
        {
            _watchers.Add(watcher);
            if (_isLooking)
                return;
            _isLooking = true;
        }

        _ = LookAsync(lifetime.ApplicationStopping);
    }

    private void Leave(Channel<LiveView> watcher)
    {
        lock (_lock)
            _watchers.Remove(watcher);
    }

    private async Task LookAsync(CancellationToken end)
    {
        try
        {
            do
            {
                var nodes = await look(end);
                Tell(new LiveView(time.GetUtcNow(), Shards.Count, nodes.Nodes, nodes.Silent));
                await Task.Delay(Pause, time, end);
            }
            while (IsWatched());
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Tell(LiveView view)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers)
                watcher.Writer.TryWrite(view);
        }
    }

    private bool IsWatched()
    {
        lock (_lock)
            return _isLooking = _watchers.Count > 0;
    }

    // Who watches is told by the stream's end, and may come again.
    private void Fail(Exception error)
    {
        lock (_lock)
        {
            _isLooking = false;
            foreach (var watcher in _watchers)
                watcher.Writer.TryComplete(error);
            _watchers.Clear();
        }
    }
}

/// <summary>How the nodes are at a time.</summary>
/// <param name="At">When.</param>
/// <param name="Shards">How many shards the addresses are in.</param>
/// <param name="Nodes">Those that have answered.</param>
/// <param name="Silent">Those that have not, by their addresses.</param>
internal sealed record LiveView(DateTimeOffset At, int Shards, IReadOnlyList<NodeReport> Nodes, IReadOnlyList<string> Silent);
