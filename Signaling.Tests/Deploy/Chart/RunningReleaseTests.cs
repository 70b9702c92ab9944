using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>What an upgrade does when it can look at the nodes that run.</summary>
public sealed class RunningReleaseTests
{
    [Theory]
    [InlineData(30, "replicas=15", "the running nodes know a cluster of 30 and serve while they reach 16; 15 would be left. Go down to 16 first")]
    [InlineData(5, "replicas=1", "Go down to 3 first, then `kubectl rollout restart statefulset/talk-signaling --namespace calls`")]
    [InlineData(2, "replicas=1", "There is no smaller step. To go at once")]
    public async Task Nodes_that_stay_are_never_too_few_for_the_cluster_that_they_know(int size, string values, string sentence)
    {
        await using var cluster = await ClusterApi.WithReleaseAsync(size, replicas: size);

        var run = await cluster.TemplateAsync(values);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Contains("--set cluster.allowLargeScaleDown=true", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replicas=16")]
    [InlineData("replicas=60")]
    [InlineData("replicas=3,cluster.allowLargeScaleDown=true")]
    public async Task A_step_that_leaves_a_majority_is_taken_and_a_larger_one_where_it_is_meant(string values)
    {
        await using var cluster = await ClusterApi.WithReleaseAsync(size: 30, replicas: 30);

        Assert.NotEmpty((await cluster.TemplateAsync(values)).Succeeded);
    }

    [Theory]
    [InlineData(27, 27)]
    [InlineData(3, 20)] // fewer than there may be
    public async Task An_upgrade_leaves_the_number_to_the_autoscaler_without_dropping_it(int running, int rendered)
    {
        await using var cluster = await ClusterApi.WithReleaseAsync(size: 3, replicas: running);

        var run = await cluster.TemplateAsync("autoscaling.enabled=true,autoscaling.minReplicas=20,autoscaling.maxReplicas=30");

        Assert.Equal(rendered, new Render(run.Succeeded).Nodes.Spec.Replicas);
    }
}
