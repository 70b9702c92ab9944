using System.Globalization;
using System.Text.RegularExpressions;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Draining;
using Signaling.Tests.House;
using Xunit;
using static Signaling.Tests.Deploy.Compose.ComposeFile;

namespace Signaling.Tests.Deploy.Compose;

/// <summary>What has to fit together in the compose file, its <c>config.json</c> and HAProxy's file, for it to work.</summary>
public sealed partial class ComposeTests(ComposeFile compose) : IClassFixture<ComposeFile>
{
    private const string Balancer = "haproxy";

    [Fact]
    public void There_are_three_nodes_and_a_balancer() =>
        Assert.Equal(["haproxy", "node1", "node2", "node3"], compose.Services.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    [Fact]
    public void Each_nodes_configuration_is_valid_and_names_all_nodes_as_seeds()
    {
        var configurations = compose.Nodes.Keys.Select(name => compose.ConfigurationOf(name)).ToArray();
        string[] hosts = [.. configurations.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Settings.Node.Host}:{one.Settings.Node.Port}"))];

        Assert.All(configurations, one =>
        {
            Assert.Empty(one.Warnings);
            Assert.Equal("static", one.Settings.Node.Profile);
            Assert.True(one.Settings is { Strict: true, Proxies.AddressesAreKnown: true });
            Assert.Equal(hosts, one.Settings.Node.Seeds);
            Assert.Equal(hosts.Length, one.Settings.Node.ClusterSize);
        });
    }

    [Fact]
    public void A_node_is_reached_by_the_others_in_their_own_network_alone() => Assert.All(compose.Nodes, node =>
    {
        var networks = MapOf(node.Value["networks"]);
        var settings = compose.ConfigurationOf(node.Key).Settings.Node;

        Assert.Equal(["balancer", "cluster"], networks.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Contains(settings.Host, ListOf(networks["cluster"]["aliases"]), StringComparer.Ordinal);
        Assert.Null(Find(networks["balancer"], "aliases"));
        Assert.Null(settings.ListenHost); // so it listens where its name leads
    });

    [Fact]
    public void Only_the_balancer_is_reached_from_outside_and_it_does_not_reach_the_port_between_nodes()
    {
        Assert.Equal([Balancer], compose.Services.Where(service => Find(service.Value, "ports") is not null).Select(service => service.Key), StringComparer.Ordinal);
        Assert.Equal(["balancer", "outside"], MapOf(compose.Services[Balancer]["networks"]).Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.All((string[])["balancer", "cluster"], name => Assert.Equal("true", TextOf(compose.Networks[name]["internal"])));
    }

    [Fact]
    public void The_balancer_knows_the_nodes_by_their_ports()
    {
        var servers = Server().Matches(SourceFile.Read("deploy/haproxy/haproxy.cfg"))
            .Select(match => (Host: match.Groups["host"].Value, Http: match.Groups["http"].Value, Internal: match.Groups["internal"].Value));

        Assert.Equal(
            compose.Nodes.Keys.Select(name =>
            {
                var configuration = compose.ConfigurationOf(name);
                Assert.Equal("0.0.0.0", configuration.Settings.Internal.Host);
                return (name, $"{configuration.File.Http!.Port}", $"{configuration.Settings.Internal.Port}");
            }),
            servers);
        Assert.Contains("../haproxy/haproxy.cfg", ListOf(compose.Services[Balancer]["volumes"]).Select(volume => Path.GetRelativePath(Folder, volume.Split(':')[0])), StringComparer.Ordinal);
    }

    [Fact]
    public void The_nodes_believe_the_balancers_network_and_no_other()
    {
        var subnet = TextOf(compose.Networks["balancer"]["ipam"]["config"][0]["subnet"]);

        Assert.All(compose.Nodes.Keys, name => Assert.Equal([subnet], compose.ConfigurationOf(name).Settings.Proxies.Trusted));
    }

    [Fact]
    public void A_node_that_stops_is_given_the_time_that_it_may_need() => Assert.All(compose.Nodes, node =>
    {
        var options = new SignalingOptions();
        compose.ConfigurationOf(node.Key).CopyTo(options);
        var grace = TextOf(node.Value["stop_grace_period"]);

        Assert.EndsWith("s", grace, StringComparison.Ordinal);
        Assert.True(TimeSpan.FromSeconds(int.Parse(grace[..^1], CultureInfo.InvariantCulture)) > DrainTimes.Of(options).Stop);
    });

    [Fact]
    public void A_nodes_health_is_asked_of_itself() => Assert.All(compose.Nodes.Values, node =>
    {
        Assert.Equal(["CMD", "/app/Signaling.Gateway", "health", "ready"], ListOf(node["healthcheck"]["test"]), StringComparer.Ordinal);
        Assert.Equal("deploy/docker/Dockerfile", TextOf(node["build"]["dockerfile"]));
        Assert.Equal(SourceFile.Root, TextOf(node["build"]["context"]));
    });

    [Fact]
    public void Nothing_may_more_than_it_needs() => Assert.All(compose.Services.Values, service =>
    {
        Assert.Equal("true", TextOf(service["read_only"]));
        Assert.Equal(["ALL"], ListOf(service["cap_drop"]), StringComparer.Ordinal);
        Assert.Equal(["no-new-privileges:true"], ListOf(service["security_opt"]), StringComparer.Ordinal);
        Assert.Null(Find(service, "privileged"));
        Assert.All(ListOf(service["volumes"]), volume => Assert.EndsWith(":ro", volume, StringComparison.Ordinal));
    });

    [GeneratedRegex(@"^  server \w+ (?<host>\w+):(?<http>\d+) port (?<internal>\d+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Server();
}
