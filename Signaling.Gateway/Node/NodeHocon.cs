using Akka.Configuration;
using Microsoft.Extensions.Options;
using Signaling.Actors.Messages.Wire;
using Signaling.Gateway.ClusterTls;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Node;

/// <summary>Puts the Akka configuration of this process together: base file, profile, then the process' own settings.</summary>
internal static class NodeHocon
{
    /// <summary>The actor system's name, which is also the cluster's.</summary>
    public const string SystemName = "signaling";

    private static readonly Config Contract =
        ConfigurationFactory.ParseString($"akka.cluster.app-version = {ContractVersion.Current}");

    private static readonly Config Tls = ConfigurationFactory.ParseString(
        $"akka.remote.dot-netty.tcp.transport-class = {Quote($"{typeof(TlsTransport).FullName}, {typeof(TlsTransport).Assembly.GetName().Name}")}");

    public static Config Load(NodeOptions node)
    {
        var folder = node.HoconFolder ?? Path.Combine(AppContext.BaseDirectory, "hocon");
        var files = Contract.WithFallback(Read(folder, node.Profile)).WithFallback(Read(folder, "base"));
        return node.IsAlone ? files : Static(node).WithFallback(files);
    }

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

    private static Config Static(NodeOptions node)
    {
        var scheme = node.Tls.IsAsked ? TlsTransport.Scheme : "akka.tcp";
        var seeds = string.Join(", ", node.Seeds.Select(seed => Quote($"{scheme}://{SystemName}@{seed}")));
        return ConfigurationFactory.ParseString($$"""
            akka.remote.dot-netty.tcp.hostname = {{Quote(node.Host)}}
            akka.remote.dot-netty.tcp.port = {{node.Port}}
            akka.cluster.seed-nodes = [{{seeds}}]
            akka.cluster.min-nr-of-members = {{node.Majority}}
            akka.cluster.shutdown-after-unsuccessful-join-seed-nodes = {{(long)node.JoinTimeout.TotalMilliseconds}}ms
            """).WithFallback(node.Tls.IsAsked ? Tls : Config.Empty);
    }

    private static string Quote(string text) =>
        '"' + text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    private static OptionsValidationException Invalid(string message) =>
        new(nameof(NodeOptions), typeof(NodeOptions), [message]);
}
