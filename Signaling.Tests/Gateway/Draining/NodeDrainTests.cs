using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Draining;
using Signaling.Gateway.Node;
using Signaling.Gateway.Sockets;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Draining;

/// <summary>What a drain asks of the actors, and how long it waits for them.</summary>
public sealed class NodeDrainTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly PlayedActors _actors = new();
    private readonly IHost _host = new HostBuilder().Build();
    private readonly NodeDrain _drain;
    private readonly NodeDrain _drainWithNotice;

    public NodeDrainTests()
    {
        _drain = Create(new SignalingOptions());
        _drainWithNotice = Create(new SignalingOptions { Drain = new DrainOptions { Notice = Notice } });
    }

    public void Dispose()
    {
        _drain.Dispose();
        _drainWithNotice.Dispose();
        _host.Dispose();
        _actors.Dispose();
    }

    [Fact]
    public async Task It_is_done_when_the_others_know_of_all_that_is_over()
    {
        var drain = _drain.DrainAsync();
        await _actors.Asked.WaitAsync(Patience);
        Assert.True(_drain.IsDraining);
        Assert.False(drain.IsCompleted);

        _actors.Left.SetResult();

        await drain.WaitAsync(Patience);
    }

    [Fact]
    public async Task It_waits_for_that_no_longer_than_a_connection_would()
    {
        var drain = _drain.DrainAsync();
        await _actors.Asked.WaitAsync(Patience);

        await Eventually.BecomesAsync(
            () =>
            {
                _time.Advance(DrainTimes.Telling);
                return drain.IsCompleted;
            },
            isDone => isDone,
            Patience);
    }

    [Fact]
    public async Task Where_there_are_no_actors_any_more_nothing_is_asked_of_them()
    {
        _actors.End();

        await _drain.DrainAsync().WaitAsync(Patience);

        Assert.False(_actors.Asked.IsCompleted);
    }

    [Fact]
    public async Task Where_they_end_meanwhile_it_ends_too()
    {
        var drain = _drain.DrainAsync();
        await _actors.Asked.WaitAsync(Patience);

        _actors.End();

        await drain.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_second_call_joins_the_first_and_may_cut_it_short()
    {
        var first = _drain.DrainAsync();
        await _actors.Asked.WaitAsync(Patience);
        using var hurry = new CancellationTokenSource();
        var second = _drain.DrainAsync(hurry.Token);

        await hurry.CancelAsync();

        await first.WaitAsync(Patience);
        await second.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_node_that_has_never_been_up_has_nothing_to_drain() =>
        await _drain.StoppingAsync(CancellationToken.None).WaitAsync(Patience);

    [Fact]
    public async Task Notice_is_given_in_full_though_nobody_is_there()
    {
        var drain = _drainWithNotice.DrainAsync();
        Assert.True(_drainWithNotice.IsDraining);
        await _actors.Noticing.WaitAsync(Patience);

        // Its timer is set some moment after that.
        _time.Advance(Notice - TimeSpan.FromMilliseconds(1));
        Assert.False(_drainWithNotice.IsClosed);

        await Eventually.BecomesAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return _drainWithNotice.IsClosed;
            },
            isClosed => isClosed,
            Patience);
        _actors.Left.SetResult();
        await drain.WaitAsync(Patience);
    }

    [Fact]
    public async Task Notice_ends_where_nobody_could_be_served_any_more()
    {
        var drain = _drainWithNotice.DrainAsync();
        await _actors.Noticing.WaitAsync(Patience);
        Assert.False(_drainWithNotice.IsClosed);

        _actors.AddressesEnded.SetResult();

        await _actors.Asked.WaitAsync(Patience);
        Assert.True(_drainWithNotice.IsClosed);
        _actors.Left.SetResult();
        await drain.WaitAsync(Patience);
    }

    [Fact]
    public async Task Notice_ends_where_the_drain_is_cut_short()
    {
        using var hurry = new CancellationTokenSource();
        var drain = _drainWithNotice.DrainAsync(hurry.Token);
        await _actors.Noticing.WaitAsync(Patience);

        await hurry.CancelAsync();

        await drain.WaitAsync(Patience);
        Assert.True(_drainWithNotice.IsClosed);
    }

    private NodeDrain Create(SignalingOptions options) => new(
        new OpenSockets(new CrowdMemory()),
        _actors,
        Options.Create(options),
        _host.Services.GetRequiredService<IHostApplicationLifetime>(),
        _time,
        new Random(1),
        NullLogger<NodeDrain>.Instance);

    private sealed class PlayedActors : INodeActors, IDisposable
    {
        private readonly CancellationTokenSource _over = new();
        private readonly TaskCompletionSource _noticing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Asked => _asked.Task;

        /// <summary>Completes when notice begins.</summary>
        public Task Noticing => _noticing.Task;

        public CancellationToken LeaseEnded => CancellationToken.None;

        public CancellationToken Over => _over.Token;

        public TaskCompletionSource AddressesEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task UntilAddressesEndAsync()
        {
            _noticing.SetResult();
            return AddressesEnded.Task;
        }

        public void End() => _over.Cancel();

        public Task TakeLeaveAsync(CancellationToken cancellation)
        {
            _asked.SetResult();
            return Left.Task;
        }

        public void Dispose() => _over.Dispose();
    }
}
