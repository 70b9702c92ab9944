using Xunit;

namespace Signaling.Tests.Faults;

/// <summary>
/// A cluster of three nodes that the tests of faults share. Each makes it whole again before it begins, so that no test
/// depends on what another has left.
/// </summary>
public sealed class ThreeFaultNodes : IAsyncLifetime
{
    private FaultCluster? _cluster;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>The cluster, all its nodes running and agreed.</summary>
    internal async Task<FaultCluster> WholeAsync()
    {
        if (_cluster is null)
            return _cluster = await FaultCluster.StartAsync(3);
        foreach (var node in _cluster.Nodes.Where(node => !node.IsRunning))
            _cluster.Start(node);
        await _cluster.WholeAsync();
        return _cluster;
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}

/// <summary>The tests of faults: one after the other, and nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection : ICollectionFixture<ThreeFaultNodes>
{
    public const string Name = "faults";
}
