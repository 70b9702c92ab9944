using k8s.Models;

namespace Signaling.Tests.Deploy.Chart.Crds;

/// <summary>The Prometheus operator's: the fields that the chart uses.</summary>
internal sealed record ServiceMonitor(string ApiVersion, string Kind, V1ObjectMeta Metadata, ServiceMonitorSpec Spec);

internal sealed record ServiceMonitorSpec(
    string JobLabel, NamespaceNames NamespaceSelector, V1LabelSelector Selector, IReadOnlyList<ScrapeEndpoint> Endpoints);

internal sealed record PodMonitor(string ApiVersion, string Kind, V1ObjectMeta Metadata, PodMonitorSpec Spec);

internal sealed record PodMonitorSpec(
    string JobLabel, NamespaceNames NamespaceSelector, V1LabelSelector Selector, IReadOnlyList<ScrapeEndpoint> PodMetricsEndpoints);

internal sealed record NamespaceNames(IReadOnlyList<string> MatchNames);

internal sealed record ScrapeEndpoint(string Port, string Path, string Interval, string ScrapeTimeout)
{
    public IReadOnlyList<Relabeling> Relabelings { get; init; } = [];

    public IReadOnlyList<Relabeling> MetricRelabelings { get; init; } = [];
}

internal sealed record Relabeling(IReadOnlyList<string> SourceLabels)
{
    public string? TargetLabel { get; init; }

    public string? Regex { get; init; }

    public string? Action { get; init; }
}
