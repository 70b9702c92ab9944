using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>Pods that end unasked, and one that comes back to a network that is cut.</summary>
[Collection(PodsCollection.Name)]
public sealed class PodFailureTests(ThreePods pods, ITestOutputHelper output)
{
    private const int NotJoined = 5;

    [Fact]
    public async Task A_container_that_is_killed_is_back_at_the_same_address()
    {
        var cluster = await pods.WholeAsync();
        await using var load = await PodLoad.StartAsync(cluster);
        var pod = cluster.Pods[2];
        var exits = pod.ExitCodes.Count;

        var start = Moment.Now;
        await pod.Running!.SendAsync(Signal.Kill);
        await cluster.UntilAsync(() => pod.ExitCodes.Count > exits, "the container runs");
        await cluster.RolledOutAsync();
        var whole = start.Ago;

        await load.StopAsync(figures => output.Say("pods-kill", [("whole", whole), .. figures]), orderly: false);
        Assert.Equal(pod, cluster.Pods[2]);
        Assert.Equal(Container.Killed, pod.ExitCodes.Last());
        foreach (var one in cluster.Pods)
            Assert.Equal(3, (await PodCluster.ViewOfAsync(one)).Members.Length);
    }

    [Fact]
    public async Task The_first_pod_that_comes_back_cut_off_begins_no_second_cluster_and_gets_in_once_it_reaches_the_others()
    {
        var cluster = await pods.WholeAsync();
        await using var load = await PodLoad.StartAsync(cluster);
        var leaving = cluster.Pods[0];
        var exits = cluster.Pods.Skip(1).Sum(pod => pod.ExitCodes.Count);

        cluster.CutOffNext(leaving.Name);
        leaving.Delete();
        await cluster.UntilAsync(() => cluster.Pods[0] != leaving, "the pod has no successor");
        var alone = cluster.Pods[0];
        var wasReady = false;
        await cluster.UntilAsync(() => (wasReady |= alone.IsReady) || alone.ExitCodes.Count > 0, "the pod that is cut off goes on trying");
        var tried = alone.Created.Ago;
        var healed = Moment.Now;
        cluster.Heal(alone);
        await cluster.RolledOutAsync();
        var whole = healed.Ago;

        await load.StopAsync(figures => output.Say("pods-cut-off", [("tried", tried), ("whole_after_healing", whole), .. figures]));
        Assert.False(wasReady, "A pod that reaches no other was ready.");
        Assert.Equal(NotJoined, alone.ExitCodes.First());
        Assert.Equal(alone, cluster.Pods[0]);
        Assert.Equal(3, (await PodCluster.ViewOfAsync(alone)).Members.Length);
        Assert.Equal(exits, cluster.Pods.Skip(1).Sum(pod => pod.ExitCodes.Count));
    }
}
