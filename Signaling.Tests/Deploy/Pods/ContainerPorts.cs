using System.Globalization;
using k8s.Models;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>Ports of containers by their names.</summary>
internal static class ContainerPorts
{
    /// <summary>The number of a port that is given by name or number.</summary>
    public static int NumberOf(this V1Container container, IntOrString port) =>
        int.TryParse(port.Value, CultureInfo.InvariantCulture, out var number) ? number : container.NumberOf(port.Value);

    /// <summary>The number of a port.</summary>
    public static int NumberOf(this V1Container container, string name) =>
        (container.Ports ?? []).FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal))?.ContainerPort
            ?? throw new InvalidOperationException($"The container {container.Name} has no port {name}.");
}
