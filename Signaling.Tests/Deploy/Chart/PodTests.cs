using k8s.Models;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>A node's pod: how its health is asked for, how it stops, and what it may do.</summary>
public sealed class PodTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Each_probe_asks_its_own_question_of_the_internal_port(string set)
    {
        var container = (await renders.OfAsync(set)).Container;

        Assert.Equal(
            [("/health/started", "internal"), ("/health/live", "internal"), ("/health/ready", "internal")],
            new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }.Select(probe => (probe.HttpGet.Path, probe.HttpGet.Port.Value)));
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task A_node_drains_by_its_own_program_before_it_is_stopped(string set)
    {
        var container = (await renders.OfAsync(set)).Container;

        Assert.Equal(["/app/Signaling.Gateway"], container.Command);
        Assert.Equal(["/app/Signaling.Gateway", "pre-stop"], container.Lifecycle.PreStop.Exec.Command);
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Every_pod_of_ours_keeps_to_the_restricted_standard(string set)
    {
        var render = await renders.OfAsync(set);
        var pods = render.All<V1Pod>().Select(pod => pod.Spec).Append(render.Pod.Spec);

        Assert.All(pods, pod =>
        {
            Assert.Equal((true, 1654, "RuntimeDefault"), (pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.RunAsUser, pod.SecurityContext.SeccompProfile.Type));
            Assert.Equal((false, false), (pod.AutomountServiceAccountToken, pod.EnableServiceLinks));
            Assert.True(pod.HostNetwork is not true && pod.HostPID is not true && pod.HostIPC is not true);
            var own = pod.Containers.Single(container => container.Name is "signaling" or "try-call").SecurityContext;
            Assert.Equal((false, true), (own.AllowPrivilegeEscalation, own.ReadOnlyRootFilesystem));
            Assert.Equal(["ALL"], own.Capabilities.Drop);
            Assert.Null(own.Capabilities.Add);
        });
    }

    [Fact]
    public async Task The_account_has_no_token()
    {
        var render = await Render.WithAsync();

        var account = render.One<V1ServiceAccount>();
        Assert.Equal(account.Metadata.Name, render.Pod.Spec.ServiceAccountName);
        Assert.False(account.AutomountServiceAccountToken);
    }

    [Fact]
    public async Task Nodes_are_spread_over_zones_and_machines_where_that_can_be()
    {
        var pod = (await Render.WithAsync()).Pod.Spec;

        Assert.Equal(
            [("topology.kubernetes.io/zone", 1, "ScheduleAnyway"), ("kubernetes.io/hostname", 1, "ScheduleAnyway")],
            pod.TopologySpreadConstraints.Select(one => (one.TopologyKey, one.MaxSkew, one.WhenUnsatisfiable)));
        Assert.Equal("kubernetes.io/hostname", Assert.Single(pod.Affinity.PodAntiAffinity.PreferredDuringSchedulingIgnoredDuringExecution).PodAffinityTerm.TopologyKey);
    }

    [Fact]
    public async Task The_heap_has_the_share_of_the_memory_that_the_values_say()
    {
        var variables = PodEnvironment.Of(await Render.WithAsync("gcHeapPercent=65"), 0);

        Assert.Equal(65, Convert.ToInt32(variables["DOTNET_GCHeapHardLimitPercent"], 16)); // .NET reads it so
        Assert.Equal(("0", "0"), (variables["DOTNET_gcServer"], variables["DOTNET_EnableDiagnostics"]));
    }

    [Fact]
    public async Task Without_diagnostics_there_is_nothing_that_a_node_can_write_to()
    {
        var plain = await Render.WithAsync();
        Assert.All(plain.Container.VolumeMounts, mount => Assert.True(mount.ReadOnlyProperty));

        var open = await Render.WithAsync("diagnostics.enabled=true");
        Assert.Equal("/tmp", Assert.Single(open.Container.VolumeMounts, mount => mount.ReadOnlyProperty is not true).MountPath);
        Assert.Equal("1", PodEnvironment.Of(open, 0)["DOTNET_EnableDiagnostics"]);
    }

    [Fact]
    public async Task What_is_extra_is_added_with_its_templates_filled_in()
    {
        var render = await renders.OfAsync("everything");

        Assert.Equal("UTC", PodEnvironment.Of(render, 0)["TZ"]);
        Assert.Equal(["signaling", "beside"], render.Pod.Spec.Containers.Select(container => container.Name), StringComparer.Ordinal);
        Assert.Equal("before", Assert.Single(render.Pod.Spec.InitContainers).Name);
        Assert.Contains(render.Container.VolumeMounts, mount => mount.MountPath is "/more");
        Assert.Equal("value", render.Named<V1ConfigMap>("talk-more").Data["KEY"]);
        Assert.Equal("value", render.Named<V1ConfigMap>("talk-text").Data["KEY"]);
        Assert.Equal("talk", Assert.Single(render.Pod.Spec.TopologySpreadConstraints).LabelSelector.MatchLabels["app.kubernetes.io/instance"]);
    }

    [Theory]
    [InlineData("r.example.com/signaling:0.1.0", "image.repository=r.example.com/signaling")]
    [InlineData("r.example.com/a/b:v2", "image.registry=r.example.com", "image.repository=a/b", "image.tag=v2")]
    [InlineData("r.example.com:5000/a:0.1.0", "image.repository=r.example.com:5000/a")]
    [InlineData("a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "image.repository=a", "image.tag=v2", "image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task The_image_is_the_one_of_the_values(string image, params string[] values)
    {
        var render = await Render.WithAsync(values);

        Assert.Equal(image, render.Container.Image);
        Assert.Equal(image, render.One<V1Pod>().Spec.Containers.Single().Image);
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task A_node_has_its_memory_for_itself_and_its_processor_without_a_limit(string set)
    {
        var resources = (await renders.OfAsync(set)).Container.Resources;

        Assert.Equal(resources.Limits["memory"].ToString(), resources.Requests["memory"].ToString());
        Assert.DoesNotContain("cpu", resources.Limits);
    }
}
