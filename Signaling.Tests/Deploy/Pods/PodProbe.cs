using k8s.Models;
using Signaling.Tests.Faults;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>One of a container's probes, asked as kubelet asks it: from the node, at the pod's IP.</summary>
internal sealed class PodProbe
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly V1Probe _probe;
    private readonly Uri _url;
    private Moment _next;

    public PodProbe(V1Probe probe, V1Container container, string ip)
    {
        if (probe.HttpGet is not { Scheme: null or "HTTP" } get)
            throw new NotSupportedException("These tests play probes by plain HTTP only.");
        _probe = probe;
        _url = new Uri($"http://{get.Host ?? ip}:{container.NumberOf(get.Port)}{get.Path}");
        _next = Moment.Now + TimeSpan.FromSeconds(probe.InitialDelaySeconds ?? 0);
    }

    /// <summary>Asks until it has held, or not held, as often in a row as it must.</summary>
    public async Task<bool> VerdictAsync(CancellationToken end)
    {
        for (var (held, failed) = (0, 0); ;)
        {
            if (_next > Moment.Now)
                await Task.Delay(_next - Moment.Now, end);
            _next = Moment.Now + TimeSpan.FromSeconds(_probe.PeriodSeconds ?? 10);
            (held, failed) = await HoldsAsync(end) ? (held + 1, 0) : (0, failed + 1);
            if (held >= (_probe.SuccessThreshold ?? 1))
                return true;
            if (failed >= (_probe.FailureThreshold ?? 3))
                return false;
        }
    }

    private async Task<bool> HoldsAsync(CancellationToken end)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(end);
        late.CancelAfter(TimeSpan.FromSeconds(_probe.TimeoutSeconds ?? 1));
        try
        {
            using var answer = await Http.GetAsync(_url, late.Token);
            return (int)answer.StatusCode is >= 200 and < 400;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            end.ThrowIfCancellationRequested();
            return false;
        }
    }
}
