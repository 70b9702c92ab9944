using k8s.Models;
using Signaling.Tests.Deploy.Chart;
using Signaling.Tests.Deploy.ClusterTls;
using Signaling.Tests.House;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>The release that these tests run: the chart with the values of a file beside this one.</summary>
internal static class PodRelease
{
    private const string CertificatesName = "node-certificates";
    private const int MostPods = 5;

    private static string ValuesFile { get; } = Path.Combine(SourceFile.Root, "Signaling.Tests", "Deploy", "Pods", "values.yaml");

    /// <summary>Renders it.</summary>
    /// <param name="set">Values over those of the file, as <c>replicas=5</c>.</param>
    public static async Task<Render> RenderAsync(params IEnumerable<string> set) => new(
        (await Helm.TemplateAsync(["--values", ValuesFile, .. set.SelectMany(value => (string[])["--set", value])])).Succeeded);

    /// <summary>The Secret with a certificate for all pods, of a CA of its own, that the release's owner makes before it.</summary>
    public static V1Secret NodeCertificates(Render render)
    {
        using var ca = new ClusterCa();
        var names = Enumerable.Range(0, MostPods).Select(i =>
            $"{render.Nodes.Metadata.Name}-{i}.{render.Nodes.Spec.ServiceName}.{Helm.Namespace}.svc.{ClusterDns.ClusterDomain}");
        var folder = ca.Issue([.. names]);
        return new V1Secret
        {
            Metadata = new V1ObjectMeta { Name = CertificatesName },
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                ["tls.crt"] = File.ReadAllBytes(Path.Combine(folder, "tls.crt")),
                ["tls.key"] = File.ReadAllBytes(Path.Combine(folder, "tls.key")),
                ["ca.crt"] = File.ReadAllBytes(ca.Certificate),
            },
        };
    }

    /// <summary>The service that peers come in by.</summary>
    public static V1Service PublicService(this Render render) => render.Named<V1Service>(render.Nodes.Metadata.Name);

    /// <summary>The pods of <c>helm test</c>.</summary>
    public static IEnumerable<V1Pod> TestPods(this Render render) =>
        render.All<V1Pod>().Where(pod => pod.GetAnnotation("helm.sh/hook")?.Contains("test", StringComparison.Ordinal) == true);
}
