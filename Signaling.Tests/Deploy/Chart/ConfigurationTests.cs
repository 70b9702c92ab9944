using System.Net;
using System.Text.Json;
using k8s.Models;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Draining;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>What the program itself makes of the configuration and the variables that the chart gives it.</summary>
public sealed class ConfigurationTests(ChartRenders renders) : IClassFixture<ChartRenders>, IDisposable
{
    private readonly PodFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task The_program_takes_the_configuration_without_a_warning(string set)
    {
        var configuration = await LoadAsync(set);

        Assert.Empty(_warnings);
        Assert.Equal("kubernetes", configuration.Settings.Node.Profile);
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task It_listens_where_the_ports_of_the_pod_are(string set)
    {
        var configuration = await LoadAsync(set);

        Assert.Equal(
            PortsOf(await renders.OfAsync(set)),
            configuration.Endpoints.Select(endpoint => (endpoint.IsInternal ? "internal" : endpoint.Certificate is null ? "http" : "https", endpoint.Config.Port))
                .Append(("cluster", configuration.Settings.Node.Port)).OrderBy(port => port.Item2));
        Assert.All(configuration.Endpoints, endpoint => Assert.Null(endpoint.Address)); // all addresses: the pod's for probes, the machine's for preStop
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task It_is_found_by_its_name_and_listens_at_its_pods_address(string set)
    {
        var (render, node) = (await renders.OfAsync(set), (await LoadAsync(set)).Settings.Node);

        Assert.StartsWith($"{render.Nodes.Metadata.Name}-0.{render.Nodes.Spec.ServiceName}.{render.Nodes.Metadata.NamespaceProperty}.svc.", node.Host, StringComparison.Ordinal);
        Assert.Equal(PodEnvironment.PodAddress, IPAddress.Parse(node.ListenHost!).ToString());
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Kubernetes_waits_longer_than_the_longest_stop(string set)
    {
        var (render, settings) = (await renders.OfAsync(set), (await LoadAsync(set)).Settings);
        var stop = DrainTimes.Longest(settings.Drain, settings.Sockets).Stop;

        Assert.InRange(render.Pod.Spec.TerminationGracePeriodSeconds!.Value, stop.TotalSeconds + 5, stop.TotalSeconds + 60);
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task It_may_take_as_long_to_join_as_it_gives_itself(string set)
    {
        var (render, settings) = (await renders.OfAsync(set), (await LoadAsync(set)).Settings);
        var probe = render.Container.StartupProbe;

        Assert.True(probe.PeriodSeconds * probe.FailureThreshold > settings.Node.JoinTimeout.TotalSeconds + 10);
    }

    [Fact]
    public async Task Values_reach_the_program()
    {
        var configuration = await LoadAsync("everything");

        Assert.Equal(65536, configuration.File.MaxPayload);
        Assert.True(configuration.File.LogVerbose);
        Assert.Equal("/callapp", Assert.Single(configuration.File.Apps).Path);
        Assert.Equal("text", configuration.Settings.Log.Format);
        Assert.Equal(TimeSpan.FromSeconds(20), configuration.Settings.Sockets.PingInterval);
        Assert.Equal(TimeSpan.FromSeconds(10), configuration.Settings.Sockets.CloseTimeout);
        Assert.Equal(1000, configuration.Settings.Tokens.MaxCount);
        Assert.Equal(TimeSpan.FromSeconds(90), configuration.Settings.Node.JoinTimeout);
        Assert.Equal("calls", configuration.Settings.Node.ClusterName);
        Assert.Equal(
            (15, 60, 45),
            (configuration.Settings.Drain.Notice!.Value.TotalSeconds, configuration.Settings.Drain.Time!.Value.TotalSeconds, configuration.Settings.Drain.CloseWindow!.Value.TotalSeconds));
    }

    [Fact]
    public async Task Strict_limits_and_origins_reach_the_program()
    {
        var everything = (await LoadAsync("everything")).Settings;
        Assert.True(everything.Strict);
        Assert.Equal((500, TimeSpan.FromSeconds(90)), (everything.Limits.SocketsPerAddress, everything.Limits.FirstMessageTime));
        Assert.Equal(["https://example.com", "https://*.example.com"], everything.Origins);

        var minimal = (await LoadAsync("minimal")).Settings;
        Assert.True(minimal.Strict);
        Assert.False(minimal.Proxies.AddressesAreKnown);

        var (open, direct) = (await Render.WithAsync("strict=false"), await Render.WithAsync("direct=true"));
        Assert.False(_folder.Load(open, ordinal: 0, _warnings).Settings.Strict);
        Assert.True(_folder.Load(direct, ordinal: 0, _warnings).Settings.Proxies.AddressesAreKnown);
    }

    [Fact]
    public async Task A_change_of_the_configuration_replaces_the_pods()
    {
        var before = await Render.WithAsync();
        var after = await Render.WithAsync("config.maxPayload=1000");

        Assert.NotEqual(before.Pod.Annotations()["checksum/config"], after.Pod.Annotations()["checksum/config"], StringComparer.Ordinal);
    }

    [Fact]
    public async Task Times_are_written_as_the_program_reads_them()
    {
        var render = await Render.WithAsync("drain.timeSeconds=3600", "drain.noticeSeconds=0", "drain.closeWindowSeconds=125");

        var drain = JsonDocument.Parse(render.Config).RootElement.GetProperty("signaling").GetProperty("drain");
        Assert.Equal("""{"closeWindow":"00:02:05","notice":"00:00:00","time":"01:00:00"}""", JsonSerializer.Serialize(drain));
    }

    private async Task<GatewayConfiguration> LoadAsync(string set) => _folder.Load(await renders.OfAsync(set), ordinal: 0, _warnings);

    private static IEnumerable<(string, int)> PortsOf(Render render) =>
        render.Container.Ports.Select(port => (port.Name, port.ContainerPort)).OrderBy(port => port.ContainerPort);
}
