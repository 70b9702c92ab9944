using System.Globalization;

namespace Signaling.Tests.Faults;

/// <summary>A cluster of real processes behind a real proxy, and a supervisor that starts again what ends unasked.</summary>
internal sealed class FaultCluster : IAsyncDisposable
{
    public const string App = "/callapp";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    // As the default's, but for their length.
    private static readonly Dictionary<string, string> ShortDrains = new(StringComparer.Ordinal)
    {
        ["drain.notice"] = "00:00:01", // the proxy notices within 0.7 s
        ["drain.time"] = "00:00:03",
        ["drain.closeWindow"] = "00:00:02",
    };

    private readonly List<ClusterNode> _byAge = [];
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _supervising = [];

    private FaultCluster(IReadOnlyList<NodePlan> plans)
    {
        Nodes = [.. plans.Select(plan => new ClusterNode(plan))];
        Proxy = HaProxy.Start(plans);
    }

    public IReadOnlyList<ClusterNode> Nodes { get; }

    public HaProxy Proxy { get; }

    /// <summary>Where peers come in that may be on any node.</summary>
    public Uri Entrance => Proxy.App(App);

    /// <summary>The node that has been in the cluster for longest.</summary>
    public ClusterNode Oldest => _byAge[0];

    public IEnumerable<ClusterNode> Running => Nodes.Where(node => node.IsRunning);

    /// <summary>Starts a cluster and waits until all nodes serve.</summary>
    /// <param name="size">How many nodes it has by its configuration.</param>
    /// <param name="started">How many of them are started; null for all.</param>
    /// <param name="networks">Networks of their own for the nodes; null where all are on this machine's loopback.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<FaultCluster> StartAsync(
        int size, int? started = null, NodeNetworks? networks = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        NodePlan[] plans =
        [
            .. Enumerable.Range(0, size).Select(i => new NodePlan
            {
                Number = i,
                Host = networks?.HostOf(i) ?? "127.0.0.1",
                Before = networks?.Before(i) ?? [],
                ClusterSize = size,
                Settings = settings ?? ShortDrains,
            }),
        ];
        string[] seeds = [.. plans.Select(plan => string.Create(CultureInfo.InvariantCulture, $"{plan.Host}:{plan.ClusterPort}"))];
        var cluster = new FaultCluster([.. plans.Select(plan => plan with { Seeds = seeds })]);
        try
        {
            foreach (var node in cluster.Nodes.Take(started ?? size))
                cluster.Start(node);
            await cluster.WholeAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node, the youngest from now on.</summary>
    public void Start(ClusterNode node)
    {
        _byAge.Remove(node);
        node.Start();
        _byAge.Add(node);
    }

    /// <summary>Starts a node again, on its old ports, and waits until the cluster is whole.</summary>
    public async Task RestartAsync(ClusterNode node)
    {
        if (!node.IsRunning)
            Start(node);
        await WholeAsync();
    }

    /// <summary>Waits until all nodes that run serve, know each other and nobody else, and the proxy sends sockets to them.</summary>
    public async Task WholeAsync()
    {
        foreach (var node in Nodes.Where(node => node.IsRunning || node.IsSupervised))
            await node.WaitUntilReadyAsync(Patience);
        var start = Moment.Now;
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!await KnowEachOtherAsync())
        {
            if (start.Ago > Patience)
                throw new InvalidOperationException("The nodes do not agree who is in their cluster.");
            await again.WaitForNextTickAsync();
        }

        await Proxy.WaitUntilUpAsync(Running.Select(node => node.Number));
    }

    /// <summary>Starts a node that ends from now on again, as the supervisor of a deployment would.</summary>
    public void Supervise(ClusterNode node)
    {
        node.IsSupervised = true;
        _supervising.Add(Task.Run(async () =>
        {
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    await node.WaitForExitAsync(Timeout.InfiniteTimeSpan).WaitAsync(_end.Token);
                    await Task.Delay(RestartPause, _end.Token);
                    Start(node);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }));
    }

    /// <summary>What a node says of itself.</summary>
    public static async Task<NodeView> ViewOfAsync(ClusterNode node) => await node.ViewAsync()
        ?? throw new InvalidOperationException($"Node {node.Number} does not answer GET /node, which says what lives on it.");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_supervising);
        await Proxy.DisposeAsync();
        foreach (var node in Nodes)
            await node.DisposeAsync();
        _end.Dispose();
    }

    // A node that does not say who it knows is believed.
    private async Task<bool> KnowEachOtherAsync()
    {
        var views = await Task.WhenAll(Running.Select(node => node.ViewAsync()));
        int[] members = [.. views.OfType<NodeView>().Select(view => view.Uid).Order()];
        return views.OfType<NodeView>().All(view => members.SequenceEqual(view.Members.Order()));
    }
}
