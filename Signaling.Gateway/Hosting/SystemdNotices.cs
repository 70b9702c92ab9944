using System.Globalization;
using Akka.Actor;
using Microsoft.Extensions.Hosting.Systemd;
using Signaling.Actors.Hosting;

namespace Signaling.Gateway.Hosting;

/// <summary>
/// Tells systemd, where it has started the process by a unit of <c>Type=notify</c>, when the node serves, when it is about to stop, and,
/// where the unit has a watchdog, again and again that its actors answer. A process that can't say so is killed and started anew.
/// </summary>
internal sealed class SystemdNotices(
    ISystemdNotifier systemd, IHostApplicationLifetime lifetime, ActorSystem system, TimeProvider time) : BackgroundService
{
    private const string WatchdogVariable = "WATCHDOG_USEC";
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>How long the watchdog waits for a sign, by the unit; null: it has none.</summary>
    public static TimeSpan? Watchdog =>
        long.TryParse(Environment.GetEnvironmentVariable(WatchdogVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
        && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!systemd.IsEnabled)
            return;

        await using var started = lifetime.ApplicationStarted.Register(() => systemd.Notify(ServiceState.Ready));
        await using var stopping = lifetime.ApplicationStopping.Register(() => systemd.Notify(ServiceState.Stopping));
        if (Watchdog is not { } patience)
        {
            await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        using var timer = new PeriodicTimer(patience / 4, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (await AnswersAsync(patience / 4, stoppingToken))
                systemd.Notify(Alive);
        }
    }

    private async Task<bool> AnswersAsync(TimeSpan patience, CancellationToken stopping)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        late.CancelAfter(patience);
        try
        {
            await SignalingActors.StatusOfAsync(system, late.Token);
            return true;
        }
        catch (Exception e) when (e is AskTimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
