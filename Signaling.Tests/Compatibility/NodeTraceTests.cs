using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway;
using Xunit;

namespace Signaling.Tests.Compatibility;

/// <summary>All peers of a trace on one node.</summary>
public sealed class OneNodeTraceTests(OneNodeServer server) : TraceTests(server), IClassFixture<OneNodeServer>;

/// <summary>The peers of a trace in turn on two nodes of one cluster.</summary>
public sealed class TwoNodeTraceTests(TwoNodeServer server) : TraceTests(server), IClassFixture<TwoNodeServer>;

public sealed class OneNodeServer : IServerUnderTest, IAsyncLifetime
{
    private TestNode? _node;

    public IReadOnlyList<Uri> Nodes => [_node!.WebSocket];

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node!.DisposeAsync();
}

public sealed class TwoNodeServer : IServerUnderTest, IAsyncLifetime
{
    private readonly TwoNodes _nodes = new();

    public IReadOnlyList<Uri> Nodes => [_nodes.First.WebSocket, _nodes.Second.WebSocket];

    public Task InitializeAsync() => _nodes.InitializeAsync();

    public Task DisposeAsync() => _nodes.DisposeAsync();
}
