using k8s.Models;
using Signaling.Tests.Deploy.Chart.Crds;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>Autoscalers and disruption budgets.</summary>
public sealed class ScalingTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    [Fact]
    public async Task It_scales_by_the_open_sockets_of_a_node()
    {
        var scaler = (await renders.OfAsync("thirty")).One<V2HorizontalPodAutoscaler>().Spec;

        Assert.Equal((20, 30), (scaler.MinReplicas, scaler.MaxReplicas));
        Assert.Equal(("StatefulSet", "talk-signaling"), (scaler.ScaleTargetRef.Kind, scaler.ScaleTargetRef.Name));
        Assert.Equal(["Pods", "Resource"], scaler.Metrics.Select(metric => metric.Type), StringComparer.Ordinal);
        var sockets = scaler.Metrics[0].Pods;
        Assert.Equal(("signaling_sockets_open", "AverageValue", 10000), (sockets.Metric.Name, sockets.Target.Type, sockets.Target.AverageValue.ToDecimal()));
    }

    [Theory]
    [InlineData("thirty")]
    [InlineData("everything")]
    public async Task Nodes_go_one_at_a_time_and_each_has_drained_before_the_next(string set)
    {
        var render = await renders.OfAsync(set);
        var down = (render.All<V2HorizontalPodAutoscaler>().SingleOrDefault()?.Spec.Behavior
            ?? render.One<ScaledObject>().Spec.Advanced.HorizontalPodAutoscalerConfig.Behavior).ScaleDown;

        var policy = Assert.Single(down.Policies);
        Assert.Equal(("Pods", 1), (policy.Type, policy.Value));
        Assert.True(policy.PeriodSeconds > render.Pod.Spec.TerminationGracePeriodSeconds);
        Assert.True(down.StabilizationWindowSeconds >= 300);
    }

    [Fact]
    public async Task Keda_asks_prometheus_for_the_sockets_of_this_release()
    {
        var scaler = (await renders.OfAsync("everything")).One<ScaledObject>().Spec;

        Assert.Equal((5, 7, "talk"), (scaler.MinReplicaCount, scaler.MaxReplicaCount, scaler.ScaleTargetRef.Name));
        var trigger = Assert.Single(scaler.Triggers);
        Assert.Equal(("prometheus", "AverageValue"), (trigger.Type, trigger.MetricType));
        Assert.Equal("""sum(signaling_sockets_open{namespace="calls",pod=~"talk-[0-9]+"})""", trigger.Metadata["query"]);
        Assert.Equal("10000", trigger.Metadata["threshold"]);
    }

    [Theory]
    [InlineData(0, "replicas=1")]
    [InlineData(1, "replicas=2")]
    [InlineData(1, "replicas=30")]
    [InlineData(1, "replicas=1,autoscaling.enabled=true")]
    [InlineData(0, "replicas=3,podDisruptionBudget.enabled=false")]
    public async Task Of_several_nodes_one_may_be_missing_and_a_single_one_is_in_nobodys_way(int budgets, string values)
    {
        var found = (await Render.WithAsync(values.Split(','))).All<V1PodDisruptionBudget>();

        Assert.Equal(budgets, found.Count);
        Assert.All(found, budget => Assert.Equal(("1", "AlwaysAllow"), (budget.Spec.MaxUnavailable.Value, budget.Spec.UnhealthyPodEvictionPolicy)));
    }
}
