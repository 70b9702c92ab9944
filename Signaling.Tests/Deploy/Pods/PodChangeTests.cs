using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>What an operator does to a release that serves, and what its peers notice of it.</summary>
[Collection(PodsCollection.Name)]
public sealed class PodChangeTests(ThreePods pods, ITestOutputHelper output)
{
    [Fact]
    public async Task A_pod_that_is_deleted_leaves_in_order_and_comes_back_with_another_address()
    {
        var cluster = await pods.WholeAsync();
        await using var load = await PodLoad.StartAsync(cluster);
        var leaving = cluster.Pods[1];
        Pod[] staying = [cluster.Pods[0], cluster.Pods[2]];
        var exits = staying.Sum(pod => pod.ExitCodes.Count);

        var start = Moment.Now;
        leaving.Delete();
        await cluster.UntilAsync(() => leaving.Gone.IsCompleted, "the deleted pod is there");
        var gone = start.Ago;
        await cluster.RolledOutAsync();
        var whole = start.Ago;

        await load.StopAsync(figures => output.Say("pods-delete", [("gone", gone), ("whole", whole), .. figures]));
        AssertLeftInOrder(leaving);
        Assert.NotEqual(leaving.Link, cluster.Pods[1].Link);
        Assert.Equal(staying, [cluster.Pods[0], cluster.Pods[2]]);
        Assert.Equal(exits, staying.Sum(pod => pod.ExitCodes.Count));
    }

    [Fact]
    public async Task An_upgrade_replaces_all_pods_one_by_one_and_nothing_is_lost()
    {
        var cluster = await pods.WholeAsync();
        await using var load = await PodLoad.StartAsync(cluster);
        var before = cluster.Pods;

        var start = Moment.Now;
        cluster.Apply(await pods.ChangeAsync("config.maxPayload=2097152"));
        await cluster.RolledOutAsync();
        var took = start.Ago;

        await load.StopAsync(figures => output.Say(
            "pods-upgrade-3", [("took", took), ("slowest_stop", before.Max(pod => pod.Termination!.Whole)), .. figures]));
        Assert.All(before, AssertLeftInOrder);
        Assert.Equal([2, 1, 0], cluster.All.TakeLast(3).Select(pod => pod.Ordinal));
        Assert.All(cluster.Pods, pod => Assert.Empty(pod.ExitCodes));
    }

    [Fact]
    public async Task Scaling_to_five_and_back_to_three_restarts_nobody()
    {
        var cluster = await pods.WholeAsync();
        await using var load = await PodLoad.StartAsync(cluster);
        var before = cluster.Pods;
        var exits = before.Sum(pod => pod.ExitCodes.Count);

        var start = Moment.Now;
        cluster.Apply(await pods.RenderAsync("replicas=5"));
        await cluster.RolledOutAsync();
        var up = start.Ago;
        Pod[] added = [.. cluster.Pods.Skip(3)];
        Assert.Equal(5, (await PodCluster.ViewOfAsync(cluster.Pods[4])).Members.Length);

        await using var more = await PodLoad.StartAsync(cluster); // at the new ones too
        var back = Moment.Now;
        cluster.Apply(await pods.RenderAsync());
        await cluster.UntilAsync(() => added.All(pod => pod.Gone.IsCompleted), "the pods that are too many are there");
        await cluster.RolledOutAsync();
        var down = back.Ago;

        await load.StopAsync(figures => output.Say("pods-scale-3-5-3", [("up", up), ("down", down), .. figures]));
        await more.StopAsync(figures => output.Say("pods-scale-5-3", [("down", down), .. figures]));
        Assert.Equal(before, cluster.Pods);
        Assert.Equal(exits, before.Sum(pod => pod.ExitCodes.Count));
        Assert.Equal(2, added.Length);
        Assert.All(added, AssertLeftInOrder);
    }

    private static void AssertLeftInOrder(Pod pod)
    {
        Assert.Equal(0, pod.ExitCodes.Last());
        Assert.False(pod.Termination!.Killed, "Its grace period was too short.");
        Assert.Equal(0, pod.Termination.PreStopExit!.Value.Code);
    }
}
