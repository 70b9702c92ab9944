using k8s.Models;
using Signaling.Tests.Deploy.Chart.Crds;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>How peers get to the nodes.</summary>
public sealed class RoutingTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    [Fact]
    public async Task A_route_lets_sockets_live_and_cuts_off_the_path_that_it_lies_below()
    {
        var route = (await renders.OfAsync("gateway-api")).One<HttpRoute>().Spec;

        Assert.Equal(("public", "gateways", "https"), (route.ParentRefs[0].Name, route.ParentRefs[0].Namespace, route.ParentRefs[0].SectionName));
        var rule = Assert.Single(route.Rules);
        Assert.Equal(("PathPrefix", "/signal"), (rule.Matches[0].Path.Type, rule.Matches[0].Path.Value));
        Assert.Equal(("ReplacePrefixMatch", "/"), (Assert.Single(rule.Filters).UrlRewrite!.Path.Type, rule.Filters[0].UrlRewrite!.Path.ReplacePrefixMatch));
        Assert.Equal(new RouteTimeouts("0s", "0s"), rule.Timeouts);
    }

    [Theory]
    [InlineData("gateway-api")]
    [InlineData("everything")]
    public async Task A_route_leads_to_a_port_of_the_service(string set)
    {
        var render = await renders.OfAsync(set);
        var backend = Assert.Single(render.One<HttpRoute>().Spec.Rules[0].BackendRefs);

        Assert.Contains(render.Named<V1Service>(backend.Name).Spec.Ports, port => port.Name is "http" && port.Port == backend.Port);
    }

    [Theory]
    [InlineData("ingress")]
    [InlineData("everything")]
    public async Task An_ingress_leads_to_a_port_of_the_service(string set)
    {
        var render = await renders.OfAsync(set);
        var backend = Assert.Single(Assert.Single(render.One<V1Ingress>().Spec.Rules).Http.Paths).Backend.Service;

        Assert.Contains(render.Named<V1Service>(backend.Name).Spec.Ports, port => string.Equals(port.Name, backend.Port.Name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ClusterIP", null)]
    [InlineData("LoadBalancer", "Local")]
    [InlineData("NodePort", "Local")]
    public async Task A_service_that_is_reached_from_outside_keeps_the_peers_addresses(string type, string? policy)
    {
        var service = (await Render.WithAsync($"service.type={type}")).Named<V1Service>("talk-signaling").Spec;

        Assert.Equal((type, policy), (service.Type, service.ExternalTrafficPolicy));
    }

    [Fact]
    public async Task Proxies_know_that_the_ports_are_for_sockets() =>
        Assert.Equal(
            [("http", "kubernetes.io/ws"), ("https", "kubernetes.io/wss")],
            (await renders.OfAsync("everything")).Named<V1Service>("talk").Spec.Ports.Select(port => (port.Name, port.AppProtocol)));
}
