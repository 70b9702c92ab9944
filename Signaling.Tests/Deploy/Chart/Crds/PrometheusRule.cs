using k8s.Models;

namespace Signaling.Tests.Deploy.Chart.Crds;

/// <summary>The Prometheus operator's: the fields that the chart uses.</summary>
internal sealed record PrometheusRule(string ApiVersion, string Kind, V1ObjectMeta Metadata, PrometheusRuleSpec Spec);

internal sealed record PrometheusRuleSpec(IReadOnlyList<RuleGroup> Groups);

internal sealed record RuleGroup(string Name, IReadOnlyList<AlertRule> Rules);

internal sealed record AlertRule(string Alert, string Expr)
{
    public string? For { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
