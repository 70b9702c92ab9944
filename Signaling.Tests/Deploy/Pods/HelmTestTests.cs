using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Deploy.Pods;

[Collection(PodsCollection.Name)]
public sealed class HelmTestTests(ThreePods pods, ITestOutputHelper output)
{
    [Fact]
    public async Task Helm_test_makes_a_call_across_two_pods()
    {
        var cluster = await pods.WholeAsync();
        var start = Moment.Now;
        var (name, exitCode, log) = Assert.Single(await cluster.TestAsync());

        output.WriteLine($"{name} after {start.Ago}:\n{log}");
        Assert.Equal((0, log), (exitCode, log));
    }

    [Fact]
    public async Task Helm_test_fails_where_there_is_no_such_app()
    {
        var cluster = await pods.WholeAsync();
        var render = await pods.RenderAsync("test.urls={ws://talk-signaling/nosuchapp}", "test.timeoutSeconds=2");

        var (_, exitCode, log) = Assert.Single(await cluster.TestAsync(render));
        output.WriteLine(log);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task One_pod_is_a_service_too()
    {
        var start = Moment.Now;
        await using var cluster = await PodCluster.InstallAsync(await PodRelease.RenderAsync("replicas=1", "cluster.tls.enabled=false"));
        output.Say("pods-start-1", (await PodStart.WatchAsync(cluster, start)).Figures);

        var (_, exitCode, log) = Assert.Single(await cluster.TestAsync());
        Assert.Equal((0, log), (exitCode, log));
    }
}
