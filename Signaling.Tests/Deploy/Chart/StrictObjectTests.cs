using System.Text.Json;
using k8s.Models;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

public sealed class StrictObjectTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    private const string Account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: a\n";

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task Kubernetes_knows_every_field_of_every_object(string set)
    {
        var render = await renders.OfAsync(set);

        Assert.All(render.Objects, one => Assert.NotNull(one.Typed));
    }

    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task No_two_objects_are_the_same(string set)
    {
        var render = await renders.OfAsync(set);

        Assert.Distinct(render.Objects.Select(one => (one.ApiVersion, one.Kind, one.Name)));
    }

    [Fact]
    public async Task Everything_that_the_chart_can_render_is_rendered_by_some_set()
    {
        var templates = Directory.EnumerateFiles(ChartFolder.File("templates"), "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(ChartFolder.File("templates"), file).Replace('\\', '/'))
            .Where(file => file is not ("checks.yaml" or "coturn-secret.yaml")) // the secret is another each time: see IceTests
            .ToHashSet(StringComparer.Ordinal);
        foreach (var set in ChartFolder.Sets)
            templates.ExceptWith((await renders.OfAsync(set)).Objects.Select(one => one.Template));

        Assert.Empty(templates);
    }

    [Theory]
    [InlineData("automountToken: false")] // no such field
    [InlineData("automountServiceAccountToken: \"false\"")] // a text
    [InlineData("automountServiceAccountToken: false\nautomountServiceAccountToken: true")] // twice
    [InlineData("imagePullSecrets:\n- names: x")] // no such field, further down
    [InlineData("secrets:\n- name: 1")] // a number
    public void A_mistake_in_an_object_is_found(string field)
    {
        Assert.NotNull(new RenderedObject("", Account).Typed as V1ServiceAccount);
        var error = Assert.ThrowsAny<Exception>(() => new RenderedObject("", Account + field).Typed);
        Assert.True(error is JsonException or YamlDotNet.Core.YamlException, error.ToString());
    }
}
