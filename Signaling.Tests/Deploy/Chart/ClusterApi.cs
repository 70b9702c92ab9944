using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>As much of Kubernetes' API as helm asks when a template looks something up: which kinds there are, and the objects.</summary>
internal sealed class ClusterApi : IAsyncDisposable
{
    private static readonly (string Group, string Version, string[] Kinds)[] Groups =
    [
        ("", "v1", ["ConfigMap", "Pod", "Secret", "Service", "ServiceAccount"]),
        ("apps", "v1", ["Deployment", "StatefulSet"]),
        ("autoscaling", "v2", ["HorizontalPodAutoscaler"]),
        ("networking.k8s.io", "v1", ["NetworkPolicy"]),
        ("policy", "v1", ["PodDisruptionBudget"]),
    ];

    private readonly WebApplication _app;

    private ClusterApi(WebApplication app) => _app = app;

    private string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>A cluster in which a release of the chart runs.</summary>
    /// <param name="size">The size that its nodes know.</param>
    /// <param name="replicas">How many there are.</param>
    public static async Task<ClusterApi> WithReleaseAsync(int size, int replicas)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        AnswerWhatKindsThereAre(app);
        Answer(app, $"/api/v1/namespaces/{Helm.Namespace}/configmaps/{Helm.Release}-signaling-cluster", new
        {
            apiVersion = "v1",
            kind = "ConfigMap",
            metadata = new { name = $"{Helm.Release}-signaling-cluster" },
            data = new { size = $"{size}" },
        });
        Answer(app, $"/apis/apps/v1/namespaces/{Helm.Namespace}/statefulsets/{Helm.Release}-signaling", new
        {
            apiVersion = "apps/v1",
            kind = "StatefulSet",
            metadata = new { name = $"{Helm.Release}-signaling" },
            spec = new { replicas },
        });
        app.MapFallback(() => Results.Json(new { kind = "Status", apiVersion = "v1", status = "Failure", reason = "NotFound", code = 404 }, statusCode: 404));
        await app.StartAsync();
        return new ClusterApi(app);
    }

    /// <summary>Has it hold a Secret.</summary>
    public void Hold(string name, object data) => Answer(_app, $"/api/v1/namespaces/{Helm.Namespace}/secrets/{name}", new
    {
        kind = "Secret",
        apiVersion = "v1",
        metadata = new { name },
        data,
    });

    /// <summary>Renders the chart as an upgrade in this cluster would.</summary>
    public Task<HelmRun> TemplateAsync(string values) => Helm.TemplateAsync(
        "--dry-run=server", "--is-upgrade", "--kube-apiserver", Url, "--disable-openapi-validation",
        "--set", "image.repository=registry.example.com/signaling", "--set", values);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void AnswerWhatKindsThereAre(WebApplication app)
    {
        Answer(app, "/version", new { major = "1", minor = "33", gitVersion = "v1.33.0" });
        Answer(app, "/api", new { kind = "APIVersions", versions = new[] { "v1" } });
        Answer(app, "/apis", new
        {
            kind = "APIGroupList",
            apiVersion = "v1",
            groups = Groups.Where(group => group.Group.Length > 0).Select(group => new
            {
                name = group.Group,
                versions = new[] { VersionOf(group.Group, group.Version) },
                preferredVersion = VersionOf(group.Group, group.Version),
            }),
        });
        foreach (var (group, version, kinds) in Groups)
        {
            Answer(app, group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}", new
            {
                kind = "APIResourceList",
                groupVersion = group.Length == 0 ? version : $"{group}/{version}",
                resources = kinds.Select(kind => new { name = PluralOf(kind), singularName = "", namespaced = true, kind, verbs = new[] { "get" } }),
            });
        }
    }

    private static object VersionOf(string group, string version) => new { groupVersion = $"{group}/{version}", version };

    private static string PluralOf(string kind) => kind.ToLowerInvariant() is var name && name.EndsWith('y') ? name[..^1] + "ies" : name + "s";

    private static void Answer(WebApplication app, string path, object answer)
    {
        var json = JsonSerializer.Serialize(answer);
        app.MapGet(path, () => Results.Text(json, "application/json"));
    }
}
