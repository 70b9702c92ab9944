using System.Threading.Channels;
using Signaling.Tests.Deploy.Chart;
using Signaling.Tests.Faults;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>
/// Which pods are behind which service and name, told to DNS, to the public service and to the network's policies. A change takes a second to get
/// there, as it does in a cluster: by the API server, a controller, and each node.
/// </summary>
internal sealed class Endpoints : IAsyncDisposable
{
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(1);

    private readonly PodObjects _objects;
    private readonly PodPolicies _policies;
    private readonly ClusterDns _dns;
    private readonly PublicService _service;
    private readonly string _serviceName;
    private readonly string _serviceIp;
    private readonly Channel<(Moment At, Snapshot Snapshot)> _changes = Channel.CreateUnbounded<(Moment, Snapshot)>();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _telling;

    public Endpoints(
        PodObjects objects, PodPolicies policies, ClusterDns dns, PublicService service, string serviceName, string serviceIp)
    {
        (_objects, _policies, _dns, _service, _serviceName, _serviceIp) = (objects, policies, dns, service, serviceName, serviceIp);
        _telling = TellAsync();
    }

    /// <summary>The pods that connections are given to.</summary>
    public IReadOnlyCollection<Pod> Ready { get; private set; } = [];

    /// <summary>Takes the pods as they are now.</summary>
    public void Take(IReadOnlyCollection<Pod> pods)
    {
        var ready = pods.Where(pod => pod.IsReady && IsOfPublicService(pod)).ToArray();
        _changes.Writer.TryWrite((Moment.Now, new Snapshot(pods, ready, [.. Names(pods)])));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static string DomainOf(string service) => $"{service}.{Helm.Namespace}.svc.{ClusterDns.ClusterDomain}";

    private bool IsOfPublicService(Pod pod) =>
        _objects.Services.Any(service => string.Equals(service.Metadata.Name, _serviceName, StringComparison.Ordinal) && service.Selects(pod));

    private IEnumerable<(string Name, string Ip)> Names(IReadOnlyCollection<Pod> pods)
    {
        yield return (DomainOf(_serviceName), _serviceIp);
        foreach (var service in _objects.Services.Where(service => service.IsHeadless()))
        {
            foreach (var pod in pods.Where(service.Selects).Where(pod => pod.IsReady || service.Spec.PublishNotReadyAddresses == true))
            {
                yield return (DomainOf(service.Metadata.Name), pod.Link.Ip);
                if (string.Equals(pod.Definition.Spec.Subdomain, service.Metadata.Name, StringComparison.Ordinal))
                    yield return ($"{pod.Definition.Spec.Hostname}.{DomainOf(service.Metadata.Name)}", pod.Link.Ip);
            }
        }
    }

    private async Task TellAsync()
    {
        await foreach (var (at, snapshot) in _changes.Reader.ReadAllAsync(_end.Token))
        {
            var left = at + Lag - Moment.Now;
            if (left > TimeSpan.Zero)
                await Task.Delay(left, _end.Token);
            _policies.Enforce(snapshot.Pods);
            _dns.Set(snapshot.Names);
            await _service.SetAsync(snapshot.Ready);
            Ready = snapshot.Ready;
        }
    }

    private sealed record Snapshot(IReadOnlyCollection<Pod> Pods, Pod[] Ready, (string Name, string Ip)[] Names);
}
