using Signaling.Tests.Deploy.Pods;
using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Soak;

/// <summary>The chart with its own times for a stop and a rollout, as a user has it who sets none.</summary>
[Collection(SoakCollection.Name)]
public sealed class PodTests(ITestOutputHelper output)
{
    private const int Conversations = 100;

    private const string Upgraded = "config.maxPayload=2097152";

    private static readonly string[] ChartsOwn =
    [
        "drain.noticeSeconds=5", "drain.timeSeconds=10", "drain.closeWindowSeconds=10", "minReadySeconds=10",
    ];

    [Fact]
    public async Task With_the_charts_own_times_nothing_is_lost_in_a_start_a_scaling_or_an_upgrade()
    {
        var render = await PodRelease.RenderAsync(ChartsOwn);
        var installed = Moment.Now;
        await using var cluster = await PodCluster.InstallAsync(render, PodRelease.NodeCertificates(render));
        output.Say("soak-pods-start", (await PodStart.WatchAsync(cluster, installed)).Figures);

        await ChangeAsync(cluster, "soak-pods-upgrade", Upgraded);
        await ChangeAsync(cluster, "soak-pods-scale-up", Upgraded, "replicas=5");
        await ChangeAsync(cluster, "soak-pods-scale-down", Upgraded);
    }

    private async Task ChangeAsync(PodCluster cluster, string name, params string[] set)
    {
        await using var load = await PodLoad.StartAsync(cluster, Conversations);
        var before = cluster.Pods;
        var start = Moment.Now;
        cluster.Apply(await PodRelease.RenderAsync([.. ChartsOwn, .. set]));
        await cluster.RolledOutAsync();
        var took = start.Ago;
        Termination[] stops = [.. before.Select(pod => pod.Termination).OfType<Termination>()];
        await load.StopAsync(figures => output.Say(
            name, [("took", took), ("stopped", stops.Length), ("slowest_stop", stops.Select(stop => stop.Whole).DefaultIfEmpty().Max()), .. figures]));
        Assert.All(stops, stop => Assert.False(stop.Killed));
    }
}
