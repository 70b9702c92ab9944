using System.Globalization;

namespace Signaling.Tests.Faults;

/// <summary>Where a node is and what it is started with, the same for each of its processes.</summary>
internal sealed record NodePlan
{
    public required int Number { get; init; }

    public required string Host { get; init; }

    public int HttpPort { get; } = Ports.Take();

    public int ClusterPort { get; } = Ports.Take();

    public int InternalPort { get; } = Ports.Take();

    /// <summary>All nodes of the cluster, the same list on each.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    public int ClusterSize { get; init; }

    /// <summary>What starts its process, such as <c>ip netns exec NAME</c>.</summary>
    public string[] Before { get; init; } = [];

    /// <summary>Whether it logs each message of each peer.</summary>
    public bool LogVerbose { get; init; }

    /// <summary>Further settings, as <c>sockets.pingInterval</c>; <c>{node}</c> in a value is the number of the node.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public (string Name, string Value)[] Environment =>
    [
        ("SIGNALING__INTERNAL__PORT", InternalPort.ToString(CultureInfo.InvariantCulture)),
        ("SIGNALING__INTERNAL__HOST", Host),
        ("SIGNALING__NODE__CLUSTERSIZE", ClusterSize.ToString(CultureInfo.InvariantCulture)),
        .. Settings.Select(setting => ($"SIGNALING__{setting.Key.Replace(".", "__", StringComparison.Ordinal).ToUpperInvariant()}", setting.Value.Replace("{node}", $"{Number}", StringComparison.Ordinal))),
    ];
}
