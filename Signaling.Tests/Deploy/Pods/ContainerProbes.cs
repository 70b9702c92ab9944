using k8s.Models;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>The three probes of a container: it is started, it lives, it is ready.</summary>
internal sealed class ContainerProbes(V1Container container, string ip)
{
    /// <summary>Asks them until the container has to be ended, which is what this returns for.</summary>
    /// <param name="onStarted">Is told once.</param>
    /// <param name="onReady">Is told whether it is ready, again and again.</param>
    /// <param name="end">Ends it without the container.</param>
    public async Task UntilFailedAsync(Action onStarted, Action<bool> onReady, CancellationToken end)
    {
        if (container.StartupProbe is { } startup && !await new PodProbe(startup, container, ip).VerdictAsync(end))
            return;
        onStarted();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(end);
        var watching = WatchReadinessAsync(onReady, failed.Token);
        await UntilDeadAsync(end);
        await failed.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task UntilDeadAsync(CancellationToken end)
    {
        if (container.LivenessProbe is not { } liveness)
        {
            await Task.Delay(Timeout.Infinite, end);
            return;
        }

        var probe = new PodProbe(liveness, container, ip);
        while (await probe.VerdictAsync(end))
        {
        }
    }

    private async Task WatchReadinessAsync(Action<bool> onReady, CancellationToken end)
    {
        if (container.ReadinessProbe is not { } readiness)
        {
            onReady(true);
            return;
        }

        for (var probe = new PodProbe(readiness, container, ip); ;)
            onReady(await probe.VerdictAsync(end));
    }
}
