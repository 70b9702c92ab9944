using k8s.Models;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>Who is let in by which port.</summary>
public sealed class NetworkPolicyTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task The_port_between_nodes_is_closed_to_all_but_nodes(string set)
    {
        var render = await renders.OfAsync(set);

        var rule = Assert.Single(RulesFor(render, "cluster"));
        var from = Assert.Single(rule.FromProperty);
        Assert.Equal(render.Nodes.Spec.Selector.MatchLabels, from.PodSelector.MatchLabels);
        Assert.Null(from.NamespaceSelector);
        Assert.Null(from.IpBlock);
        Assert.Single(rule.Ports);
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task The_internal_port_is_never_open_to_all(string set)
    {
        var render = await renders.OfAsync(set);

        Assert.All(RulesFor(render, "internal"), rule => Assert.NotEmpty(rule.FromProperty));
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task No_rule_opens_every_port(string set)
    {
        var policy = (await renders.OfAsync(set)).One<V1NetworkPolicy>().Spec;

        Assert.Equal(["Ingress", "Egress"], policy.PolicyTypes);
        Assert.All(policy.Ingress, rule => Assert.NotEmpty(rule.Ports));
        Assert.All(policy.Egress, rule => Assert.NotEmpty(rule.Ports));
    }

    [Fact]
    public async Task Peers_come_from_everywhere_unless_told_otherwise()
    {
        Assert.Null(Assert.Single(RulesFor(await Render.WithAsync(), "http")).FromProperty);
        Assert.Null(Assert.Single(RulesFor(await renders.OfAsync("three-tls"), "https")).FromProperty);
        Assert.NotEmpty(Assert.Single(RulesFor(await renders.OfAsync("everything"), "https")).FromProperty);
    }

    [Fact]
    public async Task The_test_comes_in_wherever_peers_have_to_come_from()
    {
        var render = await renders.OfAsync("everything");
        var labels = render.One<V1Pod>().Metadata.Labels;

        Assert.Contains(
            Assert.Single(RulesFor(render, "http")).FromProperty,
            from => from.PodSelector is { } pod && pod.MatchLabels.All(label => string.Equals(labels[label.Key], label.Value, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nodes_go_out_to_dns_and_to_each_other_only()
    {
        var render = await Render.WithAsync();
        var egress = render.One<V1NetworkPolicy>().Spec.Egress;

        Assert.Equal(["4053", "53", "53", "5353", "5353"], egress.SelectMany(rule => rule.Ports).Select(port => port.Port.Value), StringComparer.Ordinal);
        Assert.Equal(render.Nodes.Spec.Selector.MatchLabels, Assert.Single(egress[0].To).PodSelector.MatchLabels);
    }

    [Fact]
    public async Task It_can_be_turned_off() =>
        Assert.Empty((await Render.WithAsync("networkPolicy.enabled=false")).All<V1NetworkPolicy>());

    private static IEnumerable<V1NetworkPolicyIngressRule> RulesFor(Render render, string name)
    {
        var number = render.Container.Ports.Single(port => string.Equals(port.Name, name, StringComparison.Ordinal)).ContainerPort;
        return render.One<V1NetworkPolicy>().Spec.Ingress.Where(rule => rule.Ports.Any(port => string.Equals(port.Port.Value, $"{number}", StringComparison.Ordinal)));
    }
}
