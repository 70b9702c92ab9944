using Signaling.Tests.Compatibility;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>Three processes of one cluster.</summary>
public sealed class ThreeNodes : IServerUnderTest, IAsyncLifetime
{
    /// <summary>The tests that share one such cluster.</summary>
    public const string Collection = "three nodes";

    private readonly List<NodeProcess> _nodes = [];

    public IReadOnlyList<NodeProcess> Processes => _nodes;

    public IReadOnlyList<Uri> Nodes => [.. _nodes.Select(node => node.WebSocket)];

    public async Task InitializeAsync()
    {
        _nodes.Add(await NodeProcess.StartAsync());
        _nodes.Add(await NodeProcess.StartAsync(_nodes[0]));
        _nodes.Add(await NodeProcess.StartAsync(_nodes[0]));
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }
}

[CollectionDefinition(ThreeNodes.Collection)]
public sealed class ThreeNodesCollection : ICollectionFixture<ThreeNodes>;
