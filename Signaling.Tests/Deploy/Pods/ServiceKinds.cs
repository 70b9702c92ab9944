using k8s.Models;

namespace Signaling.Tests.Deploy.Pods;

internal static class ServiceKinds
{
    /// <summary>A service without an IP of its own: a name for each of its pods.</summary>
    public static bool IsHeadless(this V1Service service) => string.Equals(service.Spec.ClusterIP, "None", StringComparison.Ordinal);

    /// <summary>Whether a pod belongs to it.</summary>
    public static bool Selects(this V1Service service, Pod pod) =>
        service.Spec.Selector is { Count: > 0 } wanted
        && wanted.All(label => pod.Definition.Metadata.Labels.TryGetValue(label.Key, out var value) && string.Equals(value, label.Value, StringComparison.Ordinal));
}
