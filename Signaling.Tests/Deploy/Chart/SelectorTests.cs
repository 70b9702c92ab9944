using System.Text.Json;
using k8s.Models;
using Signaling.Tests.Deploy.Chart.Crds;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>What refers to what by labels and names of ports.</summary>
public sealed class SelectorTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Every_selector_finds_the_nodes_and_no_other_pod(string set)
    {
        var render = await renders.OfAsync(set);
        var test = render.One<V1Pod>().Metadata.Labels;

        var selectors = SelectorsOf(render).ToList();
        Assert.True(selectors.Count >= 4);
        Assert.All(selectors, selector =>
        {
            Assert.True(IsFound(render.Pod.Metadata.Labels, selector), $"{JsonSerializer.Serialize(selector)} finds no node.");
            Assert.False(IsFound(test, selector), $"{JsonSerializer.Serialize(selector)} finds the pod of the test.");
        });
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Every_port_of_a_service_is_a_port_of_the_nodes_by_the_same_name(string set)
    {
        var render = await renders.OfAsync(set);
        var ports = render.Container.Ports.Select(port => port.Name).ToHashSet(StringComparer.Ordinal);

        Assert.All(render.NodeServices.SelectMany(service => service.Spec.Ports), port =>
        {
            Assert.Equal(port.Name, port.TargetPort.Value);
            Assert.Contains(port.Name, ports);
        });
        Assert.Equal(ports, render.NodeServices.SelectMany(service => service.Spec.Ports).Select(port => port.Name).ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Peers_and_operators_come_by_services_of_their_own(string set)
    {
        var render = await renders.OfAsync(set);
        var name = render.Nodes.Metadata.Name;

        Assert.All(render.Named<V1Service>(name).Spec.Ports, port => Assert.True(port.Name is "http" or "https"));
        Assert.Equal("internal", Assert.Single(render.Named<V1Service>($"{name}-internal").Spec.Ports).Name);
        Assert.Equal("ClusterIP", render.Named<V1Service>($"{name}-internal").Spec.Type);
        Assert.Equal("cluster", Assert.Single(render.Named<V1Service>($"{name}-nodes").Spec.Ports).Name);
        Assert.All(render.All<V1Service>(), service => Assert.True(service.Spec.SessionAffinity is null or "None"));
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Prometheus_finds_each_node_once(string set)
    {
        var render = await renders.OfAsync(set);

        foreach (var monitor in render.All<ServiceMonitor>())
        {
            var service = Assert.Single(render.All<V1Service>(), one => IsFound(one.Metadata.Labels, monitor.Spec.Selector.MatchLabels));
            Assert.Equal(Assert.Single(service.Spec.Ports).Name, Assert.Single(monitor.Spec.Endpoints).Port);
            Assert.Equal([service.Metadata.NamespaceProperty], monitor.Spec.NamespaceSelector.MatchNames);
        }

        foreach (var monitor in render.All<PodMonitor>())
        {
            Assert.True(IsFound(render.Pod.Metadata.Labels, monitor.Spec.Selector.MatchLabels));
            Assert.Contains(Assert.Single(monitor.Spec.PodMetricsEndpoints).Port, render.Container.Ports.Select(port => port.Name), StringComparer.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Every_object_carries_the_labels_of_the_release(string set)
    {
        var render = await renders.OfAsync(set);

        foreach (var one in render.Objects.Where(one => one.Template is not "extra-objects.yaml"))
        {
            var labels = one.Json.GetProperty("metadata").GetProperty("labels");
            Assert.Equal(Helm.Release, labels.GetProperty("app.kubernetes.io/instance").GetString());
            Assert.Equal("Helm", labels.GetProperty("app.kubernetes.io/managed-by").GetString());
            if (set is "everything")
                Assert.Equal("calls", labels.GetProperty("team").GetString());
        }
    }

    private static IEnumerable<IDictionary<string, string>> SelectorsOf(Render render) =>
    [
        render.Nodes.Spec.Selector.MatchLabels,
        .. render.NodeServices.Select(service => service.Spec.Selector),
        .. render.All<V1PodDisruptionBudget>().Select(budget => budget.Spec.Selector.MatchLabels),
        .. render.All<V1NetworkPolicy>().Select(policy => policy.Spec.PodSelector.MatchLabels),
    ];

    private static bool IsFound(IDictionary<string, string> labels, IDictionary<string, string> selector) =>
        selector.All(one => labels.TryGetValue(one.Key, out var value) && string.Equals(value, one.Value, StringComparison.Ordinal));
}
