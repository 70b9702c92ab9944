using k8s.Models;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>Secrets are named, never written by the chart.</summary>
public sealed class SecretTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task No_secret_is_in_anything_that_is_rendered(string set)
    {
        var render = await renders.OfAsync(set);

        Assert.DoesNotContain(render.Objects, one => one.Kind is "Secret");
        Assert.All(render.All<V1ConfigMap>().SelectMany(map => map.Data), entry =>
        {
            Assert.DoesNotContain("adminToken", entry.Value, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("PRIVATE KEY", entry.Value, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_admin_token_is_a_file_and_no_variable()
    {
        var render = await Render.WithAsync("adminToken.existingSecret=a-secret", "adminToken.key=its-key");

        var volume = Assert.Single(render.Pod.Spec.Volumes, one => one.Secret is not null);
        Assert.Equal("a-secret", volume.Secret.SecretName);
        var item = Assert.Single(volume.Secret.Items);
        Assert.Equal("its-key", item.Key);
        var mount = render.Container.VolumeMounts.Single(one => string.Equals(one.Name, volume.Name, StringComparison.Ordinal));
        Assert.Equal($"{mount.MountPath}/{item.Path}", PodEnvironment.Of(render, 0)["SIGNALING__TOKENS__ADMINTOKENFILE"]);
        Assert.DoesNotContain(render.Container.Env, one => one.ValueFrom?.SecretKeyRef is not null);
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Only_the_programs_group_reads_secrets(string set)
    {
        var render = await renders.OfAsync(set);
        var pods = render.All<V1Pod>().Select(pod => pod.Spec).Append(render.Pod.Spec);

        Assert.All(pods.SelectMany(pod => pod.Volumes ?? []).Where(volume => volume.Secret is not null), volume =>
            Assert.Equal("440", Convert.ToString(volume.Secret.DefaultMode!.Value, 8)));
        Assert.Equal(1654, render.Pod.Spec.SecurityContext.FsGroup);
    }
}
