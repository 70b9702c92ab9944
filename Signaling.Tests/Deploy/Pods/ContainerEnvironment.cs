using System.Text;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>What a container's environment is made of, but for its own specification.</summary>
/// <param name="Pod">The pod, its IP and its node's known.</param>
/// <param name="Configs">The config maps of its namespace.</param>
/// <param name="Secrets">The secrets of its namespace.</param>
internal sealed record EnvironmentSources(
    V1Pod Pod, IReadOnlyDictionary<string, V1ConfigMap> Configs, IReadOnlyDictionary<string, V1Secret> Secrets);

/// <summary>The variables of a container, as kubelet makes them of its specification.</summary>
internal static partial class ContainerEnvironment
{
    /// <summary>Makes them.</summary>
    /// <param name="container">Its specification.</param>
    /// <param name="sources">What it may refer to.</param>
    /// <param name="inherited">Those that the image and the services bring along.</param>
    public static Dictionary<string, string> Of(
        V1Container container, EnvironmentSources sources, IEnumerable<KeyValuePair<string, string>> inherited)
    {
        var variables = new Dictionary<string, string>(inherited, StringComparer.Ordinal);
        foreach (var from in container.EnvFrom ?? [])
        {
            foreach (var (name, value) in All(from, sources))
                variables[from.Prefix + name] = value;
        }

        foreach (var variable in container.Env ?? [])
        {
            var value = variable.ValueFrom is null ? Expand(variable.Value ?? "", variables) : ValueOf(variable, sources);
            if (value is not null)
                variables[variable.Name] = value;
        }

        return variables;
    }

    /// <summary>Puts the values of variables in the places of <c>$(NAME)</c>; what is not known stays as it is.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables) =>
        Reference().Replace(text, match => match.Value.StartsWith("$$", StringComparison.Ordinal)
            ? match.Value[1..]
            : variables.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    private static IEnumerable<(string Name, string Value)> All(V1EnvFromSource from, EnvironmentSources sources)
    {
        if (from.ConfigMapRef is { } config)
        {
            return Find(sources.Configs, config.Name, config.Optional)?.Data?.Select(pair => (pair.Key, pair.Value)) ?? [];
        }

        return Find(sources.Secrets, from.SecretRef.Name, from.SecretRef.Optional)?.Data?
            .Select(pair => (pair.Key, Encoding.UTF8.GetString(pair.Value))) ?? [];
    }

    private static string? ValueOf(V1EnvVar variable, EnvironmentSources sources) => variable.ValueFrom switch
    {
        { FieldRef: { } field } => FieldOf(sources.Pod, field.FieldPath),
        { ConfigMapKeyRef: { } key } => Required(
            Find(sources.Configs, key.Name, key.Optional)?.Data?.TryGetValue(key.Key, out var text) == true ? text : null,
            key.Optional, $"The config map {key.Name}", key.Key),
        { SecretKeyRef: { } key } => Required(
            Find(sources.Secrets, key.Name, key.Optional)?.Data?.TryGetValue(key.Key, out var bytes) == true ? Encoding.UTF8.GetString(bytes) : null,
            key.Optional, $"The secret {key.Name}", key.Key),
        _ => throw new NotSupportedException($"{variable.Name}: these tests can't play its source."),
    };

    private static string FieldOf(V1Pod pod, string path) => path switch
    {
        "metadata.name" => pod.Metadata.Name,
        "metadata.namespace" => pod.Metadata.NamespaceProperty,
        "metadata.uid" => pod.Metadata.Uid,
        "status.podIP" or "status.podIPs" => pod.Status.PodIP,
        "status.hostIP" => pod.Status.HostIP,
        "spec.nodeName" => pod.Spec.NodeName,
        "spec.serviceAccountName" => pod.Spec.ServiceAccountName ?? "default",
        _ when Label().Match(path) is { Success: true } label => pod.Metadata.Labels[label.Groups["name"].Value],
        _ => throw new NotSupportedException($"These tests can't play the field {path}."),
    };

    // As the API server names it, the pod would not start: CreateContainerConfigError.
    private static T? Find<T>(IReadOnlyDictionary<string, T> all, string name, bool? optional)
        where T : class =>
        all.GetValueOrDefault(name) ?? (optional == true ? null : throw new InvalidOperationException($"{typeof(T).Name} {name} is not there."));

    private static string? Required(string? value, bool? optional, string source, string key) =>
        value is null && optional != true ? throw new InvalidOperationException($"{source} has no key {key}.") : value;

    [GeneratedRegex(@"\$?\$\((?<name>[-._a-zA-Z][-._a-zA-Z0-9]*)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^metadata\.labels\['(?<name>.+)'\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
