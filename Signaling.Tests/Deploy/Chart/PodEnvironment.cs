using k8s.Models;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>The variables that a node of a render starts with, as Kubernetes puts them together.</summary>
internal static class PodEnvironment
{
    /// <summary>An address for the pod.</summary>
    public const string PodAddress = "10.244.0.7";

    /// <summary>The variables of the pod with an ordinal.</summary>
    public static Dictionary<string, string> Of(Render render, int ordinal)
    {
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (var variable in render.Container.Env)
            variables[variable.Name] = Filled(variable.Value ?? ValueOf(variable.ValueFrom, render, ordinal), variables);
        return variables;
    }

    private static string ValueOf(V1EnvVarSource source, Render render, int ordinal) => source switch
    {
        { FieldRef.FieldPath: "metadata.name" } => $"{render.Nodes.Metadata.Name}-{ordinal}",
        { FieldRef.FieldPath: "status.podIP" } => PodAddress,
        { ConfigMapKeyRef: { } key } => render.Named<V1ConfigMap>(key.Name).Data[key.Key],
        _ => throw new InvalidOperationException("The chart takes a variable from something that no test knows."),
    };

    private static string Filled(string value, Dictionary<string, string> variables) =>
        variables.Aggregate(value, (text, variable) => text.Replace($"$({variable.Key})", variable.Value, StringComparison.Ordinal));
}
