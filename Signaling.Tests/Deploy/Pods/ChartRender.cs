using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using Signaling.Tests.House;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>What the chart says for some values: the real helm's output, typed.</summary>
internal sealed partial class ChartRender
{
    public const string Release = "signaling";
    public const string Namespace = "calls";

    private readonly string[] _documents;

    private ChartRender(string yaml)
    {
        _documents = [.. Separator().Split(yaml).Where(document => Kind().IsMatch(document))];
        StatefulSet = Of<V1StatefulSet>("StatefulSet").Single();
        Configs = Of<V1ConfigMap>("ConfigMap");
        Secrets = Of<V1Secret>("Secret");
        Services = Of<V1Service>("Service");
        Tests = [.. Of<V1Pod>("Pod").Where(pod => pod.GetAnnotation("helm.sh/hook")?.Contains("test", StringComparison.Ordinal) == true)];
    }

    public V1StatefulSet StatefulSet { get; }

    public IReadOnlyList<V1ConfigMap> Configs { get; }

    public IReadOnlyList<V1Secret> Secrets { get; }

    public IReadOnlyList<V1Service> Services { get; }

    /// <summary>The pods of <c>helm test</c>.</summary>
    public IReadOnlyList<V1Pod> Tests { get; }

    /// <summary>The service that peers come in by.</summary>
    public V1Service PublicService => Services.Single(service => string.Equals(service.Metadata.Name, StatefulSet.Metadata.Name, StringComparison.Ordinal));

    /// <summary>Renders the chart.</summary>
    /// <param name="values">Files with values, the later over the earlier.</param>
    /// <param name="set">Values over those, as <c>replicas=5</c>.</param>
    public static ChartRender Of(IEnumerable<string> values, params IEnumerable<string> set) => new(Tool.Run(
        Helm,
        [
            "template", Release, Path.Combine(SourceFile.Root, "deploy", "helm", "signaling"), "--namespace", Namespace,
            .. values.SelectMany(file => (string[])["--values", file]), .. set.SelectMany(value => (string[])["--set", value]),
        ]));

    private static string Helm
    {
        get
        {
            var path = Path.Combine(SourceFile.Root, "artifacts", "tools", "helm");
            return File.Exists(path) ? path : "helm";
        }
    }

    private T[] Of<T>(string kind) =>
    [
        .. _documents.Where(document => string.Equals(Kind().Match(document).Groups["kind"].Value, kind, StringComparison.Ordinal))
            .Select(document => KubernetesYaml.Deserialize<T>(document)),
    ];

    [GeneratedRegex(@"^---\s*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^kind: *(?<kind>\w+)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Kind();
}
