using Signaling.Tests.Deploy.Chart;
using Signaling.Tests.Faults;
using Xunit;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>
/// The chart with three nodes, installed once for all tests of it. Each makes it whole again before it begins, so that no
/// test depends on what another has left.
/// </summary>
public sealed class ThreePods : IAsyncLifetime
{
    private readonly List<string> _changes = [];
    private PodCluster? _cluster;
    private PodStart? _start;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>The cluster as it was installed, whole.</summary>
    internal async Task<PodCluster> WholeAsync()
    {
        var render = await RenderAsync();
        if (_cluster is null)
        {
            var start = Moment.Now;
            _cluster = await PodCluster.InstallAsync(render, PodRelease.NodeCertificates(render));
            _start = await PodStart.WatchAsync(_cluster, start);
        }
        else
        {
            _cluster.Apply(render);
            await _cluster.RolledOutAsync();
        }

        return _cluster;
    }

    /// <summary>Renders the release as it is.</summary>
    /// <param name="set">Further values for once.</param>
    internal Task<Render> RenderAsync(params IEnumerable<string> set) => PodRelease.RenderAsync([.. _changes, .. set]);

    /// <summary>Changes a value for good, and renders the release.</summary>
    internal Task<Render> ChangeAsync(string value)
    {
        _changes.Add(value);
        return RenderAsync();
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
