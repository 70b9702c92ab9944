using k8s.Models;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>Which pods belong to what.</summary>
internal static class Selection
{
    /// <summary>A service without an IP of its own: a name for each of its pods.</summary>
    public static bool IsHeadless(this V1Service service) => string.Equals(service.Spec.ClusterIP, "None", StringComparison.Ordinal);

    /// <summary>Whether a pod belongs to a service; to one without a selector none does.</summary>
    public static bool Selects(this V1Service service, Pod pod) => service.Spec.Selector is { Count: > 0 } wanted && Fits(wanted, pod);

    /// <summary>Whether a selector, of which an empty one takes all, takes a pod.</summary>
    public static bool Selects(this V1LabelSelector selector, Pod pod) => selector.MatchExpressions is null or []
        ? Fits(selector.MatchLabels ?? new Dictionary<string, string>(StringComparer.Ordinal), pod)
        : throw new NotSupportedException("These tests play selectors with matchLabels only.");

    private static bool Fits(IDictionary<string, string> wanted, Pod pod) => wanted.All(label =>
        pod.Definition.Metadata.Labels is { } labels
        && labels.TryGetValue(label.Key, out var value) && string.Equals(value, label.Value, StringComparison.Ordinal));
}
