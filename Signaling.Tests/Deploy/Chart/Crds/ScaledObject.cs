using k8s.Models;

namespace Signaling.Tests.Deploy.Chart.Crds;

/// <summary>KEDA's: the fields that the chart uses.</summary>
internal sealed record ScaledObject(string ApiVersion, string Kind, V1ObjectMeta Metadata, ScaledObjectSpec Spec);

internal sealed record ScaledObjectSpec(
    V2CrossVersionObjectReference ScaleTargetRef,
    int MinReplicaCount,
    int MaxReplicaCount,
    int PollingInterval,
    ScaleFallback Fallback,
    ScaleAdvanced Advanced,
    IReadOnlyList<ScaleTrigger> Triggers);

internal sealed record ScaleFallback(int FailureThreshold, int Replicas, string Behavior);

internal sealed record ScaleAdvanced(AutoscalerConfig HorizontalPodAutoscalerConfig);

internal sealed record AutoscalerConfig(V2HorizontalPodAutoscalerBehavior Behavior);

internal sealed record ScaleTrigger(string Type, string MetricType, IReadOnlyDictionary<string, string> Metadata)
{
    public ScaleAuthentication? AuthenticationRef { get; init; }
}

internal sealed record ScaleAuthentication(string Name)
{
    public string? Kind { get; init; }
}
