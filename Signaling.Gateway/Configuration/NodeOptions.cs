using System.ComponentModel.DataAnnotations;

namespace Signaling.Gateway.Configuration;

/// <summary>How this process takes part in a cluster: <c>signaling.node</c>.</summary>
public sealed class NodeOptions
{
    internal const string Dev = "dev";
    internal const string Static = "static";
    internal const string Kubernetes = "kubernetes";
    internal const string DefaultClusterName = "signaling";

    /// <summary>
    /// The Akka configuration that is laid over <c>hocon/base.conf</c>: <c>dev</c>, one node on its own;
    /// <c>static</c>, nodes that know each other's addresses; or <c>kubernetes</c>, the same for pods.
    /// </summary>
    [RegularExpression("dev|static|kubernetes")]
    public string Profile { get; set; } = Dev;

    /// <summary>
    /// The cluster's name, the same on every node: letters, digits and <c>-</c>, at most 40. Nodes of another name are refused.
    /// Not with <c>dev</c>.
    /// </summary>
    [ClusterName]
    public string ClusterName { get; set; } = DefaultClusterName;

    /// <summary>
    /// Folder with the Akka configuration, for who runs changed settings. Null: the one beside the program.
    /// </summary>
    public string? HoconFolder { get; set; }

    /// <summary>The name or address that the other nodes reach this one under. Not with <c>dev</c>.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>
    /// The address that it listens on for other nodes, where that is not the one that they reach it under: <c>0.0.0.0</c> or
    /// <c>::</c> for all of this machine, or the address of a pod, which may be there before its name is known.
    /// Null: that of <see cref="Host"/>. Not with <c>dev</c>.
    /// </summary>
    [IPAddress]
    public string? ListenHost { get; set; }

    /// <summary>The port that the other nodes reach this one at; 0 takes a free one. Not with <c>dev</c>.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>
    /// The nodes to join by, as <c>host:port</c>, the same list in the same order on every node; empty: a cluster of
    /// one that others can join. Not with <c>dev</c>.
    /// </summary>
    [HostAndPort]
    public IList<string> Seeds { get; init; } = [];

    /// <summary>
    /// How many nodes the cluster is meant to have, the same on every node: it begins when a majority of them is there, so
    /// that no second one can form beside it. Null: as many as there are seeds. Not with <c>dev</c>.
    /// </summary>
    [Range(1, 1000)]
    public int? ClusterSize { get; set; }

    /// <summary>How long the node may take to become a member of its cluster before it gives up and ends.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan JoinTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Encryption between nodes, and who is let into the cluster. Not with <c>dev</c>.</summary>
    public NodeTlsOptions Tls { get; set; } = new();

    /// <summary>
    /// The names that a node's certificate may be for: those of <see cref="NodeTlsOptions.Names"/>, else the hosts of the
    /// seeds and this node's own.
    /// </summary>
    internal IReadOnlyList<string> TlsNames => Tls.Names.Count > 0
        ? [.. Tls.Names]
        : [.. Seeds.Select(seed => seed[..seed.LastIndexOf(':')].Trim('[', ']')).Append(Host).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether the node is a cluster of its own that nobody joins.</summary>
    internal bool IsAlone => string.Equals(Profile, Dev, StringComparison.Ordinal);

    /// <summary>How many nodes of the cluster are more than half of it.</summary>
    internal int Majority => IsAlone ? 1 : ((ClusterSize ?? Math.Max(Seeds.Count, 1)) / 2) + 1;
}
