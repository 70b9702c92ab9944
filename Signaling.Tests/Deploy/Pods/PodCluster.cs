using k8s.Models;
using Signaling.Tests.Deploy.Chart;
using Signaling.Tests.Faults;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>As much of a Kubernetes cluster as it takes to run the chart: what helm renders is applied, and pods come and go.</summary>
internal sealed class PodCluster : IAsyncDisposable
{
    private static readonly TimeSpan PatienceForOne = TimeSpan.FromSeconds(60);

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly PodObjects _objects = new();
    private readonly IReadOnlyList<V1Secret> _secrets;
    private readonly PodNetwork _network;
    private readonly ClusterDns _dns;
    private readonly Kubelet _kubelet;
    private Endpoints _endpoints = null!;
    private StatefulSetController _controller = null!;

    private PodCluster(IReadOnlyList<V1Secret> secrets)
    {
        _secrets = secrets;
        _network = new PodNetwork();
        _dns = new ClusterDns(_network.Node);
        _kubelet = new Kubelet(_network, _dns, _objects);
    }

    /// <summary>The service that peers come in by.</summary>
    public PublicService Service { get; private set; } = null!;

    /// <summary>What was applied last.</summary>
    public Render Render { get; private set; } = null!;

    /// <summary>The pods that there are, by their ordinals; one that is about to end is among them.</summary>
    public IReadOnlyList<Pod> Pods => _controller.Pods;

    /// <summary>All pods that there ever were, the oldest first.</summary>
    public IReadOnlyList<Pod> All => _controller.All;

    /// <summary>Installs the chart: its pods begin to start.</summary>
    /// <param name="render">The chart with its values.</param>
    /// <param name="secrets">Secrets that are there before it.</param>
    public static async Task<PodCluster> InstallAsync(Render render, params IReadOnlyList<V1Secret> secrets)
    {
        var cluster = new PodCluster(secrets);
        try
        {
            var service = render.PublicService();
            cluster._objects.Take(render, secrets);
            cluster.Service = await PublicService.StartAsync(cluster._network.ServiceIp, service);
            var policies = new PodPolicies(cluster._network, cluster._objects);
            cluster._endpoints = new Endpoints(
                cluster._objects, policies, cluster._dns, cluster.Service, service.Metadata.Name, cluster._network.ServiceIp);
            cluster._controller = new StatefulSetController(cluster._kubelet, cluster._endpoints);
            cluster.Apply(render);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Applies another render, as <c>helm upgrade</c> does.</summary>
    public void Apply(Render render)
    {
        Render = render;
        _objects.Take(render, _secrets);
        _controller.Take(render.Nodes);
    }

    /// <summary>Waits until all pods are there, of the newest template, ready, and behind the service, and nobody else.</summary>
    public Task RolledOutAsync() => UntilAsync(
        () => _controller.IsWhole && _endpoints.Ready.Count == Pods.Count && Pods.All(_endpoints.Ready.Contains), "not all pods are ready");

    /// <summary>Waits until something holds.</summary>
    public async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        var start = Moment.Now;
        var patience = PatienceForOne * Math.Max(Pods.Count, 2);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (; !condition(); await again.WaitForNextTickAsync())
        {
            ThrowIfFailed();
            if (start.Ago > patience)
                throw new InvalidOperationException($"After {patience.TotalSeconds} s {otherwise}:\n{this}");
        }
    }

    /// <summary>Tells what can't be played here.</summary>
    public void ThrowIfFailed()
    {
        if (_kubelet.Failure is { } failure)
            throw new InvalidOperationException("A pod can't be run.", failure);
    }

    /// <summary>Makes the next pod of a name one that reaches no other.</summary>
    public void CutOffNext(string name) => _controller.CutOffFromNowOn(name);

    /// <summary>Has a pod that was cut off reach the others again.</summary>
    public void Heal(Pod pod)
    {
        _controller.CutOffNoMore(pod.Name);
        _network.Heal(pod.Link);
    }

    /// <summary>Runs the pods of <c>helm test</c>, and returns the exit code and the log of each.</summary>
    /// <param name="render">Another render than the one that was applied.</param>
    public async Task<IReadOnlyList<(string Name, int ExitCode, string Log)>> TestAsync(Render? render = null)
    {
        var results = new List<(string, int, string)>();
        foreach (var definition in (render ?? Render).TestPods())
        {
            definition.Metadata.NamespaceProperty = Helm.Namespace;
            var pod = _kubelet.Run(definition);
            await UntilAsync(() => pod.Gone.IsCompleted, $"{pod.Name} has not ended");
            results.Add((pod.Name, pod.ExitCodes.SingleOrDefault(-1), string.Join('\n', pod.Log.Select(line => line.Text))));
        }

        return results;
    }

    /// <summary>Whether a pod of some labels reaches a port of another.</summary>
    public async Task<bool> ReachesAsync(IDictionary<string, string> labels, Pod other, string port)
    {
        var pod = _kubelet.Run(new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = "stranger", NamespaceProperty = Helm.Namespace, Labels = labels },
            Spec = new V1PodSpec
            {
                RestartPolicy = "Never",
                Containers =
                [
                    new V1Container
                    {
                        Name = "knock",
                        Command = ["timeout", "2", "bash", "-c", $"</dev/tcp/{other.Link.Ip}/{other.Container.NumberOf(port)}"],
                    },
                ],
            },
        });
        await UntilAsync(() => pod.Gone.IsCompleted, "the stranger knocks");
        return pod.ExitCodes.Single() == 0;
    }

    /// <summary>What a pod says of itself.</summary>
    public static async Task<NodeView> ViewOfAsync(Pod pod) => NodeView.Read(await Http.GetStringAsync(pod.Internal("/node")));

    /// <summary>Runs a command in a pod's container.</summary>
    public Task<(int ExitCode, string Output)> ExecuteAsync(Pod pod, params string[] command) => _kubelet.ExecuteAsync(pod, command);

    public override string ToString() => $"{string.Join('\n', Pods)}\nDNS: {_dns.Log}\nservice: {Service?.Log}";

    public async ValueTask DisposeAsync()
    {
        await _kubelet.DisposeAsync();
        if (_endpoints is not null)
            await _endpoints.DisposeAsync();
        if (Service is not null)
            await Service.DisposeAsync();
        await _dns.DisposeAsync();
        _network.Dispose();
    }
}
