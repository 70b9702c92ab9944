using Signaling.Tests.Cluster;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>The nodes that the demo's tests run against: processes as users start them.</summary>
public abstract class DemoNodes : IAsyncLifetime
{
    private readonly List<NodeProcess> _nodes = [];
    private readonly int _count;

    private protected DemoNodes(int count) => _count = count;

    /// <summary>The node that the first of two who call each other is on.</summary>
    public DemoNode First => PageOf(_nodes[0]);

    /// <summary>The node that the second is on; on a single node the same.</summary>
    public DemoNode Second => PageOf(_nodes[^1]);

    public async Task InitializeAsync()
    {
        while (_nodes.Count < _count)
            _nodes.Add(await NodeProcess.StartAsync(_nodes.FirstOrDefault()));
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    private static DemoNode PageOf(NodeProcess node) => new(new Uri(node.Http, "/demo/"));
}

/// <summary>Both pages are on one node.</summary>
public sealed class OneDemoNode() : DemoNodes(1);

/// <summary>The pages are on two nodes of one cluster.</summary>
public sealed class TwoDemoNodes() : DemoNodes(2);
