using Signaling.Tests.Cluster;
using Xunit;

namespace Signaling.Tests.Compatibility;

/// <summary>All peers of a trace on one node.</summary>
public sealed class OneNodeTraceTests(OneNodeServer server) : TraceTests(server), IClassFixture<OneNodeServer>;

/// <summary>The peers of a trace in turn on two nodes of one cluster.</summary>
public sealed class TwoNodeTraceTests(TwoNodeServer server) : TraceTests(server), IClassFixture<TwoNodeServer>;

/// <summary>All peers of a trace on one node that is strict, and knows where they come from.</summary>
public sealed class StrictNodeTraceTests(StrictNodeServer server) : TraceTests(server), IClassFixture<StrictNodeServer>;

public sealed class OneNodeServer : IServerUnderTest, IAsyncLifetime
{
    private NodeProcess? _node;

    public IReadOnlyList<Uri> Nodes => [_node!.WebSocket];

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync();

    public async Task DisposeAsync() => await _node!.DisposeAsync();
}

public sealed class StrictNodeServer : IServerUnderTest, IAsyncLifetime
{
    private NodeProcess? _node;

    public IReadOnlyList<Uri> Nodes => [_node!.WebSocket];

    // All traces in a row come from one address more often than a client would.
    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync(environment:
        [("SIGNALING__STRICT", "true"), ("SIGNALING__PROXIES__DIRECT", "true"), ("SIGNALING__LIMITS__HANDSHAKESPERSECOND", "0")]);

    public async Task DisposeAsync() => await _node!.DisposeAsync();
}

public sealed class TwoNodeServer : IServerUnderTest, IAsyncLifetime
{
    private NodeProcess? _first;
    private NodeProcess? _second;

    public IReadOnlyList<Uri> Nodes => [_first!.WebSocket, _second!.WebSocket];

    public async Task InitializeAsync()
    {
        _first = await NodeProcess.StartAsync();
        _second = await NodeProcess.StartAsync(_first);
    }

    public async Task DisposeAsync()
    {
        await _second!.DisposeAsync();
        await _first!.DisposeAsync();
    }
}
