using System.Globalization;
using Akka.Cluster;
using Akka.Configuration;
using Microsoft.Extensions.Options;
using Signaling.Actors.Hosting;
using Signaling.Actors.Messages.Wire;
using Signaling.Gateway.ClusterPort.Wire;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.ClusterPort;

/// <summary>
/// What all nodes of a cluster must agree on: its name, neighbouring versions of the contract, and what decides where an address
/// lives and how long a lease runs. Two nodes that differ exchange nothing else.
/// </summary>
/// <param name="name">The cluster's.</param>
/// <param name="version">This node's version of the contract.</param>
internal sealed class ClusterContract(string name, int version)
{
    /// <summary>How long a name, or the value of a setting, may be.</summary>
    private const int Longest = 80;

    private const string SameEverywhere = "stop all nodes, then start them with one build and one hocon folder";

    // What the lease is counted by, and where shards are remembered.
    private static readonly string[] SettingsOfAkka =
    [
        "akka.cluster.downing-provider-class",
        "akka.cluster.split-brain-resolver.active-strategy",
        "akka.cluster.sharding.state-store-mode",
    ];

    private readonly Dictionary<string, string> _settings = new(SignalingActors.Agreed, StringComparer.Ordinal);
    private volatile Func<IEnumerable<int>> _members = () => [];

    public ClusterContract(IOptions<SignalingOptions> options)
        : this(options.Value.Node.ClusterName, ContractVersion.Current)
    {
    }

    /// <summary>Adds what the node's Akka configuration says.</summary>
    public void Add(Config akka)
    {
        foreach (var key in SettingsOfAkka)
            _settings[key] = akka.GetString(key, "");
    }

    /// <summary>Says whose versions count, from now on, beside this node's own.</summary>
    public void MembersAreOf(Cluster cluster) => _members = () => cluster.State.Members
        .Select(member => int.TryParse(member.AppVersion.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var one) ? one : version);

    /// <summary>What this node says of itself.</summary>
    public Hello Say()
    {
        var versions = _members().Append(version).ToArray();
        return new Hello { Cluster = name, Version = version, Lowest = versions.Min(), Highest = versions.Max(), Settings = { _settings } };
    }

    /// <summary>Looks whether a node that says this may be in one cluster with this one.</summary>
    /// <param name="other">What it says; null: nothing, as a node of version 2 or before does.</param>
    /// <exception cref="RefusedException">It may not.</exception>
    public void Check(Hello? other)
    {
        if (other is null)
        {
            if (!string.Equals(name, NodeOptions.DefaultClusterName, StringComparison.Ordinal))
                throw new RefusedException(Refusal.Name, $"it names no cluster, and this node's signaling.node.clusterName is \"{name}\"; let it run this version");
            return;
        }

        if (other.Cluster.Length > Longest || other.Settings.Any(one => one.Key.Length > Longest || one.Value.Length > Longest))
            throw new RefusedException(Refusal.Garbage, "it has said what no node says");
        if (!string.Equals(name, other.Cluster, StringComparison.Ordinal))
        {
            throw new RefusedException(
                Refusal.Name, $"its signaling.node.clusterName is \"{other.Cluster}\", and this node's is \"{name}\"; give both the same if they belong together");
        }

        CheckVersions(Say(), other);
        foreach (var (key, value) in other.Settings)
        {
            if (_settings.TryGetValue(key, out var own) && !string.Equals(own, value, StringComparison.Ordinal))
                throw new RefusedException(Refusal.Settings, $"its {key} is \"{value}\", and this node's is \"{own}\"; {SameEverywhere}");
        }
    }

    // Each must be a neighbour of all members that the other knows.
    private static void CheckVersions(Hello own, Hello other)
    {
        if (other.Version >= own.Highest - 1 && other.Version <= own.Lowest + 1 && own.Version >= other.Highest - 1 && own.Version <= other.Lowest + 1)
            return;

        throw new RefusedException(
            Refusal.Version,
            $"its contract version is {other.Version}{Around(other)}, and this node's is {own.Version}{Around(own)}; versions in a cluster " +
            "may be one apart: upgrade by the releases between, one after the other");
    }

    private static string Around(Hello hello) =>
        hello.Lowest == hello.Version && hello.Highest == hello.Version ? "" : $" (in its cluster {hello.Lowest} to {hello.Highest})";
}
