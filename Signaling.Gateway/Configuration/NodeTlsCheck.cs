using Signaling.Gateway.Certificates;

namespace Signaling.Gateway.Configuration;

/// <summary>Looks at <c>signaling.node.tls</c> before a node starts with it.</summary>
internal static class NodeTlsCheck
{
    /// <summary>Reads the files that it names.</summary>
    /// <param name="node">The settings, with full paths.</param>
    /// <param name="sources">Where they come from, for messages.</param>
    /// <param name="time">The clock that certificates are held against.</param>
    /// <param name="warnings">Takes what is odd.</param>
    /// <returns>The certificates that the node lives by; none where nodes talk in the clear.</returns>
    /// <exception cref="StartupException">The node could not join with them.</exception>
    public static IReadOnlyList<CertificateInUse> Read(NodeOptions node, SettingSources sources, TimeProvider time, List<string> warnings)
    {
        if (!node.Tls.IsAsked)
            return [];

        if (node.IsAlone)
        {
            warnings.Add(
                $"{sources.OriginOf("node:tls")}: signaling.node.tls has no effect with the profile {node.Profile}, which runs one node on its own.");
            return [];
        }

        if (node is { Tls.Names.Count: 0, ClusterSize: { } size } && size > node.Seeds.Count)
        {
            warnings.Add(
                $"{sources.OriginOf("node:tls")}: signaling.node.tls.names is not set, so only the {node.Seeds.Count} seeds and this node are " +
                $"let in, and the cluster is to have {size} nodes; name them all, or as *.suffix.");
        }

        return NodeCertificate.Load(node, time, name => $"{Origin(name)}: ")?.InUse ?? [];

        // A file that is not named is missing where the others are.
        string Origin(string name) =>
            sources.Has($"node:tls:{name}") ? sources.OriginOf($"node:tls:{name}") : sources.OriginOf("node:tls");
    }
}
