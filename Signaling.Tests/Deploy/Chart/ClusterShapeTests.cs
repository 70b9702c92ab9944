using k8s.Models;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>How many nodes there are, and what they know of it.</summary>
public sealed class ClusterShapeTests : IDisposable
{
    private readonly PodFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1, 1, "replicas=1")]
    [InlineData(2, 2, 2, "replicas=2")]
    [InlineData(3, 3, 3, "replicas=3")]
    [InlineData(4, 4, 3, "replicas=4")]
    [InlineData(30, 30, 3, "replicas=30")]
    [InlineData(3, 3, 3, "replicas=3", "cluster.size=3")]
    [InlineData(4, 5, 3, "replicas=4", "cluster.size=5")]
    [InlineData(4, 5, 3, "autoscaling.enabled=true", "autoscaling.minReplicas=4", "autoscaling.maxReplicas=5")]
    [InlineData(20, 30, 3, "autoscaling.enabled=true", "autoscaling.minReplicas=20", "autoscaling.maxReplicas=30")]
    public async Task The_fewest_pods_that_start_are_a_majority_and_no_two_majorities_fit(int pods, int size, int seeds, params string[] values)
    {
        var node = _folder.Load(await Render.WithAsync(values), ordinal: 0, []).Settings.Node;

        Assert.Equal((size, seeds), (node.ClusterSize, node.Seeds.Count));
        Assert.True(node.Majority <= pods, $"{node.Majority} are more than the {pods} that start.");
        Assert.True(2 * node.Majority > size, "Two clusters could form.");
        Assert.True(size <= 2 || node.Majority <= pods - 1, "While one restarts the others would serve nobody.");
    }

    [Theory]
    [InlineData("replicas=3", "replicas=5")]
    [InlineData("replicas=1", "replicas=30")]
    [InlineData("replicas=4", "autoscaling.enabled=true")]
    [InlineData("replicas=4", "replicas=4,cluster.size=5")]
    [InlineData("autoscaling.enabled=true,autoscaling.minReplicas=20,autoscaling.maxReplicas=30", "autoscaling.enabled=true,autoscaling.minReplicas=25,autoscaling.maxReplicas=40")]
    public async Task Scaling_changes_no_pod(string before, string after)
    {
        var (small, large) = (await Render.WithAsync(before.Split(',')), await Render.WithAsync(after.Split(',')));

        Assert.Equal(TemplateOf(small), TemplateOf(large));
        Assert.NotEqual(small.Text, large.Text, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Each_pod_reads_the_shape_when_it_starts()
    {
        var render = await Render.WithAsync("replicas=5");
        var shape = render.Named<V1ConfigMap>("talk-signaling-cluster");

        Assert.Equal("5", shape.Data["size"]);
        Assert.All(
            render.Container.Env.Where(variable => variable.Name is "SIGNALING__NODE__SEEDS" or "SIGNALING__NODE__CLUSTERSIZE"),
            variable => Assert.Equal(shape.Metadata.Name, variable.ValueFrom.ConfigMapKeyRef.Name));
    }

    [Fact]
    public async Task The_seeds_are_the_first_pods_in_the_same_order_for_all()
    {
        var render = await Render.WithAsync("replicas=30");
        var headless = render.Named<V1Service>(render.Nodes.Spec.ServiceName);

        var seeds = PodEnvironment.Of(render, 0)["SIGNALING__NODE__SEEDS"];
        Assert.Equal(
            string.Join(',', Enumerable.Range(0, 3).Select(one => $"{PodEnvironment.Of(render, one)["SIGNALING__NODE__HOST"]}:{headless.Spec.Ports.Single().Port}")),
            seeds);
        Assert.All(Enumerable.Range(0, 30), one => Assert.Equal(seeds, PodEnvironment.Of(render, one)["SIGNALING__NODE__SEEDS"]));
    }

    [Fact]
    public async Task Nodes_start_together_and_find_each_other_before_they_are_ready()
    {
        var render = await Render.WithAsync();
        var headless = render.Named<V1Service>(render.Nodes.Spec.ServiceName);

        Assert.Equal("Parallel", render.Nodes.Spec.PodManagementPolicy);
        Assert.Equal(("None", true), (headless.Spec.ClusterIP, headless.Spec.PublishNotReadyAddresses));
    }

    [Fact]
    public async Task Nodes_are_replaced_one_by_one()
    {
        var render = await Render.WithAsync();

        Assert.Equal("RollingUpdate", render.Nodes.Spec.UpdateStrategy.Type);
        Assert.Null(render.Nodes.Spec.UpdateStrategy.RollingUpdate.MaxUnavailable); // one, then
        Assert.True(render.Nodes.Spec.MinReadySeconds > 0);
    }

    [Fact]
    public async Task An_autoscaler_alone_says_how_many_there_are()
    {
        Assert.Equal(3, (await Render.WithAsync()).Nodes.Spec.Replicas);
        Assert.Null((await Render.WithAsync("autoscaling.enabled=true")).Nodes.Spec.Replicas);
    }

    private static string TemplateOf(Render render) =>
        render.Objects.Single(one => one.Kind is "StatefulSet").Json.GetProperty("spec").GetProperty("template").GetRawText();
}
