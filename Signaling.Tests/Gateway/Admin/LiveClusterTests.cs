using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Admin;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Admin;

/// <summary>The cluster is looked at while somebody watches, and once for all who do.</summary>
public sealed class LiveClusterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _time = new();
    private readonly Lifetime _lifetime = new();
    private readonly LiveCluster _live;
    private Func<NodesView> _view = static () => new NodesView([], ["silent"]);
    private int _looks;

    public LiveClusterTests() => _live = new LiveCluster(
        _ =>
        {
            Interlocked.Increment(ref _looks);
            return Task.FromResult(_view());
        },
        _lifetime,
        _time);

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task It_is_looked_at_once_for_all_and_no_more_when_nobody_watches()
    {
        Assert.Equal(0, _looks);
        await using var first = Watch();
        Assert.Equal(["silent"], (await NextAsync(first))!.Silent, StringComparer.Ordinal);
        await using var second = Watch();
        var secondSees = NextAsync(second);
        Assert.False(secondSees.IsCompleted);

        _time.Advance(LiveCluster.Pause);
        Assert.Equal(await NextAsync(first), await secondSees);
        Assert.Equal(2, _looks);

        await first.DisposeAsync();
        await second.DisposeAsync();
        await Eventually.BecomesAsync(
            () =>
            {
                var before = _looks;
                _time.Advance(LiveCluster.Pause);
                return _looks - before;
            },
            more => more == 0,
            Patience);
        var looks = _looks;
        await using var third = Watch();
        Assert.NotNull(await NextAsync(third));
        Assert.Equal(looks + 1, _looks);
    }

    [Fact]
    public async Task A_look_that_fails_ends_the_stream_and_the_next_one_begins_anew()
    {
        _view = static () => throw new TimeoutException("no answer");
        await using (var watcher = Watch())
            await Assert.ThrowsAsync<TimeoutException>(() => NextAsync(watcher));

        _view = static () => new NodesView([], []);
        await using var again = Watch();
        Assert.NotNull(await NextAsync(again));
    }

    [Fact]
    public async Task A_node_that_stops_waits_for_no_watcher()
    {
        await using var watcher = Watch();
        Assert.NotNull(await NextAsync(watcher));
        var next = NextAsync(watcher);
        _lifetime.StopApplication();
        Assert.Null(await next);
    }

    private IAsyncEnumerator<LiveView> Watch() => _live.WatchAsync(CancellationToken.None).Select(item => item.Data).GetAsyncEnumerator();

    private static async Task<LiveView?> NextAsync(IAsyncEnumerator<LiveView> watcher) =>
        await watcher.MoveNextAsync().AsTask().WaitAsync(Patience) ? watcher.Current : null;

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
