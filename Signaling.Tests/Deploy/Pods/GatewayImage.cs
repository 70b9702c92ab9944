using k8s.Models;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>What the container image brings along; the program is the one of this build.</summary>
internal static class GatewayImage
{
    private const string Program = "/app/Signaling.Gateway";

    /// <summary>What is in the image's <c>/app</c>.</summary>
    public static string Folder => AppContext.BaseDirectory.TrimEnd('/');

    public static IEnumerable<KeyValuePair<string, string>> Variables =>
    [
        new("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        new("SIGNALING_CONFIG", "/etc/signaling/config.json"),
    ];

    /// <summary>What a container runs: its own command, or the image's entry point.</summary>
    public static IEnumerable<string> CommandOf(V1Container container, IReadOnlyDictionary<string, string> variables) =>
        ((IEnumerable<string>)[.. container.Command ?? [Program], .. container.Args ?? []])
        .Select(word => ContainerEnvironment.Expand(word, variables));
}
