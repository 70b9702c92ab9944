using System.Text;
using k8s.Models;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>STUN and TURN servers: what nodes tell peers of, the coturn beside them, and the secret that both know.</summary>
public sealed class IceTests(ChartRenders renders) : IClassFixture<ChartRenders>, IDisposable
{
    private readonly PodFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Unless_they_are_asked_for_there_is_nothing_of_them()
    {
        var render = await Render.WithAsync();

        Assert.False(_folder.Load(render, ordinal: 0, []).Settings.Ice.IsSet);
        Assert.DoesNotContain(render.Objects, one => one.Template.StartsWith("coturn", StringComparison.Ordinal));
        Assert.DoesNotContain(render.Pod.Spec.Volumes, volume => volume.Name is "ice");
    }

    [Fact]
    public async Task Nodes_tell_of_coturn_and_of_the_others_and_make_passwords_by_the_file_of_the_secret()
    {
        var render = await renders.OfAsync("everything");
        var ice = _folder.Load(render, ordinal: 0, []).Settings.Ice;

        Assert.Equal(["stun:stun.example.com:3478", "stun:turn.example.com:3479"], ice.StunUrls);
        Assert.Equal(
            ["turn:other.example.com:3478?transport=udp", "turn:turn.example.com:3479?transport=udp", "turn:turn.example.com:3479?transport=tcp", "turns:turn.example.com:443?transport=tcp"],
            ice.TurnUrls);
        Assert.Equal(TimeSpan.FromHours(2), ice.Ttl);
        var volume = render.Pod.Spec.Volumes.Single(one => one.Name is "ice");
        Assert.Equal(("talk-turn", "current"), (volume.Secret.SecretName, Assert.Single(volume.Secret.Items).Key));
        var mount = render.Container.VolumeMounts.Single(one => one.Name is "ice");
        Assert.Null(mount.SubPath); // else a change would not come
        Assert.EndsWith($"{mount.MountPath["/etc/signaling".Length..]}/{volume.Secret.Items[0].Path}", ice.SecretFile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_of_elsewhere_need_no_coturn()
    {
        var render = await Render.WithAsync("ice.turnUrls[0]=turn:turn.example.com", "ice.existingSecret=a");

        Assert.Equal(["turn:turn.example.com"], _folder.Load(render, ordinal: 0, []).Settings.Ice.TurnUrls);
        Assert.Empty(render.All<V1Deployment>());
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("turn")]
    public async Task Coturn_gets_the_same_secret_as_files_and_may_no_more_than_it_needs(string set)
    {
        var render = await renders.OfAsync(set);
        var pod = render.One<V1Deployment>().Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);

        var secrets = pod.Volumes.Single(volume => volume.Name is "secrets");
        Assert.Equal(("talk-turn", 0b100_100_000), (secrets.Secret.SecretName, secrets.Secret.DefaultMode));
        Assert.Equal(container.Command[2], container.VolumeMounts.Single(mount => mount.Name is "secrets").MountPath);
        Assert.Null(container.Env);
        Assert.Equal((true, 65534L, "RuntimeDefault"), (pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.RunAsUser, pod.SecurityContext.SeccompProfile.Type));
        Assert.Equal((false, false), (pod.AutomountServiceAccountToken, pod.EnableServiceLinks));
        Assert.Equal((false, true), (container.SecurityContext.AllowPrivilegeEscalation, container.SecurityContext.ReadOnlyRootFilesystem));
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal(["NET_BIND_SERVICE"], container.SecurityContext.Capabilities.Add);
    }

    [Fact]
    public async Task On_its_machines_network_it_needs_no_service_and_else_has_one_with_each_port()
    {
        var (own, behind) = (await renders.OfAsync("turn"), await renders.OfAsync("everything"));

        Assert.True(own.One<V1Deployment>().Spec.Template.Spec.HostNetwork);
        Assert.Equal(own.All<V1Service>().Count, own.NodeServices.Count);
        var (deployment, service) = (behind.One<V1Deployment>(), behind.Named<V1Service>("talk-coturn"));
        Assert.False(deployment.Spec.Template.Spec.HostNetwork);
        Assert.Equal(deployment.Spec.Template.Metadata.Labels.Where(label => label.Key is not "team"), service.Spec.Selector);
        Assert.Equal(deployment.Spec.Selector.MatchLabels, service.Spec.Selector);
        Assert.Equal(
            [(3479, "UDP"), (3479, "TCP"), (443, "TCP"), (50000, "UDP"), (50001, "UDP"), (50002, "UDP"), (50003, "UDP")],
            service.Spec.Ports.Select(port => (port.Port, port.Protocol)));
        Assert.Contains("--external-ip=198.51.100.7", deployment.Spec.Template.Spec.Containers[0].Command, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Without_a_secret_of_yours_the_chart_makes_one_that_is_another_each_time()
    {
        string[] values = ["coturn.enabled=true", "coturn.host=turn.example.com"];
        var (one, other) = (await Render.WithAsync(values), await Render.WithAsync(values));

        Assert.Equal(one.Pod.Spec.Volumes.Single(volume => volume.Name is "ice").Secret.SecretName, one.One<V1Secret>().Metadata.Name);
        Assert.Equal(43, SecretOf(one).Length);
        Assert.NotEqual(SecretOf(one), SecretOf(other), StringComparer.Ordinal);
        Assert.DoesNotContain(SecretOf(one), one.Text, StringComparison.Ordinal);
        Assert.Equal(one.Objects.Single(o => o.Kind is "StatefulSet").Yaml, other.Objects.Single(o => o.Kind is "StatefulSet").Yaml, StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_keeps_the_secret_that_is_there_with_all_that_was_added()
    {
        await using var cluster = await ClusterApi.WithReleaseAsync(size: 3, replicas: 3);
        cluster.Hold("talk-signaling-ice", new { secret = Convert.ToBase64String("kept"u8), next = Convert.ToBase64String("added"u8) });

        var render = new Render((await cluster.TemplateAsync("coturn.enabled=true,coturn.host=turn.example.com")).Succeeded);

        Assert.Equal(("kept", 2), (SecretOf(render), render.One<V1Secret>().Data.Count));
    }

    private static string SecretOf(Render render) => Encoding.UTF8.GetString(render.One<V1Secret>().Data["secret"]);
}
