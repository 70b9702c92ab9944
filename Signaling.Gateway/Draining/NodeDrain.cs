using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Node;
using Signaling.Gateway.Sockets;

namespace Signaling.Gateway.Draining;

/// <summary>
/// Drains the node. When the host stops it does so before anything else stops: Kestrel still listens, to answer new peers that
/// they are to go elsewhere, and the actors still run.
/// </summary>
internal sealed class NodeDrain : INodeDrain, IHostedLifecycleService, IDisposable
{
    private readonly OpenSockets _sockets;
    private readonly INodeActors _actors;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger _logger;
    private readonly DrainTimes _times;
    private readonly CancellationTokenSource _hurry = new();
    private readonly CancellationTokenSource _hurryOrOver;
    private readonly Lazy<Task> _drain;
    private volatile bool _closed;

    public NodeDrain(
        OpenSockets sockets,
        INodeActors actors,
        IOptions<SignalingOptions> options,
        IHostApplicationLifetime lifetime,
        TimeProvider time,
        Random random,
        ILogger<NodeDrain> logger)
    {
        _sockets = sockets;
        _actors = actors;
        _lifetime = lifetime;
        _time = time;
        _random = random;
        _logger = logger;
        _times = DrainTimes.Of(options.Value);
        _hurryOrOver = CancellationTokenSource.CreateLinkedTokenSource(_hurry.Token, actors.Over);
        _drain = new Lazy<Task>(RunAsync);
    }

    public bool IsDraining => _drain.IsValueCreated || _lifetime.ApplicationStopping.IsCancellationRequested;

    public bool IsClosed => _closed;

    public async Task DrainAsync(CancellationToken cancellation = default)
    {
        await using var hurry = cancellation.UnsafeRegister(static drain => ((NodeDrain)drain!)._hurry.Cancel(), this);
        await _drain.Value;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (_lifetime.ApplicationStarted.IsCancellationRequested)
            return DrainAsync(cancellationToken);

        // A node that has never been up has no peers, and nobody to tell anything.
        _closed = true;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _hurryOrOver.Dispose();
        _hurry.Dispose();
    }

    private async Task RunAsync()
    {
        await Task.Yield(); // the caller only begins it
        await GiveNoticeAsync();
        DrainLog.Begun(_logger, _sockets.Count, _times.Conversations.TotalSeconds);
        await HappensAsync(_sockets.UntilNone(), _times.Conversations, _hurryOrOver.Token);
        await CloseAsync();
        if (!await HappensAsync(_sockets.UntilNone(), _times.Closing, _hurry.Token))
            DrainLog.Dropped(_logger, _sockets.AbortAll());

        if (_hurryOrOver.IsCancellationRequested)
            return;

        if (await HappensAsync(_actors.TakeLeaveAsync(_hurryOrOver.Token), DrainTimes.Telling, _hurryOrOver.Token))
            DrainLog.Done(_logger);
        else if (!_hurryOrOver.IsCancellationRequested)
            DrainLog.NotConfirmed(_logger, DrainTimes.Telling.TotalSeconds);
    }

    private async Task GiveNoticeAsync()
    {
        if (_times.Notice > TimeSpan.Zero)
        {
            DrainLog.Noticed(_logger, _times.Notice.TotalSeconds);
            await HappensAsync(_actors.UntilAddressesEndAsync(), _times.Notice, _hurryOrOver.Token);
        }

        _closed = true;
    }

    private async Task CloseAsync()
    {
        _sockets.TakeNoMore();
        var sockets = _sockets.All;
        if (sockets.Length > 0)
            DrainLog.Closing(_logger, sockets.Length, _times.CloseWindow.TotalSeconds);

        _random.Shuffle(sockets);
        var start = _time.GetTimestamp();
        foreach (var (socket, moment) in sockets.Zip(CloseSchedule.Spread(sockets.Length, _times.CloseWindow, _random)))
        {
            var wait = moment - _time.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
                await HappensAsync(_sockets.UntilNone(), wait, _hurryOrOver.Token);
            OpenSockets.SayFarewell(socket);
        }
    }

    /// <summary>Waits for something, but not for ever.</summary>
    /// <returns>Whether it has happened.</returns>
    private async Task<bool> HappensAsync(Task something, TimeSpan patience, CancellationToken cut)
    {
        try
        {
            await something.WaitAsync(patience, _time, cut);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
