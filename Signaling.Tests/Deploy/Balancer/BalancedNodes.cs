using System.Globalization;
using Signaling.Tests.Faults;
using Xunit;

namespace Signaling.Tests.Deploy.Balancer;

/// <summary>
/// Three nodes of a cluster, real processes, for a balancer to stand before. They trust it to say where a peer comes from, and
/// their log says each.
/// </summary>
public sealed class BalancedNodes : IAsyncLifetime
{
    private const string Host = "127.0.0.1";
    private const int Size = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // The notice is the default's, which the balancers' files count on.
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["drain.time"] = "00:00:02",
        ["drain.closeWindow"] = "00:00:02",
        ["proxies.trusted"] = Host,
    };

    private readonly ClusterNode[] _nodes;

    public BalancedNodes()
    {
        NodePlan[] plans =
        [
            .. Enumerable.Range(0, Size).Select(
                i => new NodePlan { Number = i, Host = Host, ClusterSize = Size, LogVerbose = true, Settings = Settings }),
        ];
        string[] seeds = [.. plans.Select(plan => string.Create(CultureInfo.InvariantCulture, $"{Host}:{plan.ClusterPort}"))];
        _nodes = [.. plans.Select(plan => new ClusterNode(plan with { Seeds = seeds }))];
    }

    internal IReadOnlyList<ClusterNode> All => _nodes;

    /// <summary>Starts those that do not run, and waits until all are ready.</summary>
    public async Task WholeAsync()
    {
        foreach (var node in _nodes.Where(node => !node.IsRunning))
            node.Start();
        foreach (var node in _nodes)
            await node.WaitUntilReadyAsync(Patience);
    }

    /// <summary>The lines of all their logs that have a text in them, and how many of them each node has.</summary>
    public (IReadOnlyList<string> Lines, IReadOnlyList<int> Counts) LogLines(string text)
    {
        string[][] lines = [.. _nodes.Select(node => node.Log.Where(line => line.Contains(text, StringComparison.Ordinal)).ToArray())];
        return ([.. lines.SelectMany(found => found)], [.. lines.Select(found => found.Length)]);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }
}

/// <summary>The tests of balancers: one after the other, and nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BalancerCollection : ICollectionFixture<BalancedNodes>
{
    public const string Name = "balancers";
}
