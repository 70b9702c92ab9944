using Akka.Configuration;
using Microsoft.Extensions.Options;
using Signaling.Actors.Messages.Wire;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Node;

/// <summary>Puts the Akka configuration of this process together: base file, profile, then the process' own settings.</summary>
internal static class NodeHocon
{
    /// <summary>The actor system's name, which is also the cluster's.</summary>
    public const string SystemName = "signaling";

    // To Akka one time is two: after it the first seed begins a cluster, and the others ask the seeds again.
    private const string FirstSeedPatience = "signaling.first-seed-patience";

    private static readonly Config Contract =
        ConfigurationFactory.ParseString($"akka.cluster.app-version = {ContractVersion.Current}");

    private static readonly Config Transport = ConfigurationFactory.ParseString(
        $"akka.remote.dot-netty.tcp.transport-class = {Quote($"{typeof(NodeTransport).FullName}, {typeof(NodeTransport).Assembly.GetName().Name}")}");

    public static Config Load(NodeOptions node)
    {
        var folder = node.HoconFolder ?? Path.Combine(AppContext.BaseDirectory, "hocon");
        var files = Layers(node.Profile).Aggregate(Contract, (above, file) => above.WithFallback(Read(folder, file)));
        return node.IsAlone ? files : OfThisNode(node, files).WithFallback(files);
    }

    /// <summary>The files of a profile, each laid over those behind it.</summary>
    private static string[] Layers(string profile) => profile switch
    {
        NodeOptions.Kubernetes => [NodeOptions.Kubernetes, NodeOptions.Static, "base"],
        _ => [profile, "base"],
    };

    private static Config Read(string folder, string name)
    {
        var file = Path.Combine(folder, name + ".conf");
        if (!File.Exists(file))
            throw Invalid($"signaling.node.hoconFolder: '{file}' is not there. The folder holds base.conf and one file per profile.");

        try
        {
            return ConfigurationFactory.ParseString(File.ReadAllText(file));
        }
        catch (Exception e) when (e is not IOException and not UnauthorizedAccessException)
        {
            throw Invalid($"'{file}' is not HOCON: {e.Message}");
        }
    }

    private static Config OfThisNode(NodeOptions node, Config files)
    {
        var scheme = node.Tls.IsAsked ? "akka.ssl.tcp" : "akka.tcp";
        var seeds = string.Join(", ", node.Seeds.Select(seed => Quote($"{scheme}://{SystemName}@{seed}")));
        var patience = IsFirstSeed(node) && files.HasPath(FirstSeedPatience)
            ? $"akka.cluster.seed-node-timeout = {files.GetString(FirstSeedPatience)}"
            : "";
        return ConfigurationFactory.ParseString($$"""
            akka.remote.dot-netty.tcp.hostname = {{Quote(node.ListenHost ?? node.Host)}}
            akka.remote.dot-netty.tcp.public-hostname = {{Quote(node.Host)}}
            akka.remote.dot-netty.tcp.port = {{node.Port}}
            akka.cluster.seed-nodes = [{{seeds}}]
            {{patience}}
            akka.cluster.min-nr-of-members = {{node.Majority}}
            akka.cluster.shutdown-after-unsuccessful-join-seed-nodes = {{(long)node.JoinTimeout.TotalMilliseconds}}ms
            """).WithFallback(Transport);
    }

    private static bool IsFirstSeed(NodeOptions node) =>
        node.Seeds is [var first, ..] && string.Equals(first, $"{node.Host}:{node.Port}", StringComparison.OrdinalIgnoreCase);

    private static string Quote(string text) =>
        '"' + text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    private static OptionsValidationException Invalid(string message) =>
        new(nameof(NodeOptions), typeof(NodeOptions), [message]);
}
