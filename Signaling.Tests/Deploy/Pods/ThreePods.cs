using Signaling.Tests.Faults;
using Signaling.Tests.House;
using Xunit;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>
/// The chart with three nodes, installed once for all tests of it. Each makes it whole again before it begins, so that no
/// test depends on what another has left.
/// </summary>
public sealed class ThreePods : IAsyncLifetime
{
    private PodCluster? _cluster;
    private PodStart? _start;

    /// <summary>The values of the tests, of a file beside this one.</summary>
    internal static string ValuesFile { get; } = Path.Combine(SourceFile.Root, "Signaling.Tests", "Deploy", "Pods", "values.yaml");

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>The cluster as it was installed, whole.</summary>
    internal async Task<PodCluster> WholeAsync()
    {
        var render = ChartRender.Of([ValuesFile]);
        if (_cluster is null)
        {
            var start = Moment.Now;
            _cluster = await PodCluster.InstallAsync(render);
            _start = await PodStart.WatchAsync(_cluster, start);
        }
        else
        {
            _cluster.Apply(render);
            await _cluster.RolledOutAsync();
        }

        return _cluster;
    }

    /// <summary>How it came up.</summary>
    internal async Task<PodStart> StartAsync()
    {
        await WholeAsync();
        return _start!;
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}

/// <summary>The tests that run the chart: one after the other, and nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PodsCollection : ICollectionFixture<ThreePods>
{
    public const string Name = "pods";
}
