using k8s.Models;
using Signaling.Tests.Deploy.Chart.Crds;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>The kinds that the chart may render, each with the type that knows its fields.</summary>
internal static class KnownKinds
{
    private static readonly Dictionary<(string ApiVersion, string Kind), Type> Types = new()
    {
        [("v1", "ConfigMap")] = typeof(V1ConfigMap),
        [("v1", "Pod")] = typeof(V1Pod),
        [("v1", "Secret")] = typeof(V1Secret),
        [("v1", "Service")] = typeof(V1Service),
        [("v1", "ServiceAccount")] = typeof(V1ServiceAccount),
        [("apps/v1", "Deployment")] = typeof(V1Deployment),
        [("apps/v1", "StatefulSet")] = typeof(V1StatefulSet),
        [("autoscaling/v2", "HorizontalPodAutoscaler")] = typeof(V2HorizontalPodAutoscaler),
        [("networking.k8s.io/v1", "Ingress")] = typeof(V1Ingress),
        [("networking.k8s.io/v1", "NetworkPolicy")] = typeof(V1NetworkPolicy),
        [("policy/v1", "PodDisruptionBudget")] = typeof(V1PodDisruptionBudget),
        [("cert-manager.io/v1", "Certificate")] = typeof(Certificate),
        [("cert-manager.io/v1", "Issuer")] = typeof(Issuer),
        [("gateway.networking.k8s.io/v1", "HTTPRoute")] = typeof(HttpRoute),
        [("keda.sh/v1alpha1", "ScaledObject")] = typeof(ScaledObject),
        [("monitoring.coreos.com/v1", "PodMonitor")] = typeof(PodMonitor),
        [("monitoring.coreos.com/v1", "PrometheusRule")] = typeof(PrometheusRule),
        [("monitoring.coreos.com/v1", "ServiceMonitor")] = typeof(ServiceMonitor),
    };

    /// <summary>The type of a kind.</summary>
    public static Type TypeOf(string apiVersion, string kind) => Types.GetValueOrDefault((apiVersion, kind))
        ?? throw new InvalidOperationException($"No test knows the kind {kind} of {apiVersion}. Add it to {nameof(KnownKinds)}.");

    /// <summary>Whether a kind is read as a type.</summary>
    public static bool Knows<T>(string apiVersion, string kind) => TypeOf(apiVersion, kind) == typeof(T);
}
