using System.Diagnostics;
using Signaling.Gateway.Configuration;
using Signaling.Tests.House;
using YamlDotNet.RepresentationModel;

namespace Signaling.Tests.Deploy.Compose;

/// <summary><c>deploy/compose/compose.yaml</c> as docker-compose understands it: checked, and with its variables and anchors filled in.</summary>
public sealed class ComposeFile
{
    /// <summary>Its folder.</summary>
    public static readonly string Folder = Path.Combine(SourceFile.Root, "deploy", "compose");

    private readonly YamlMappingNode _root;

    public ComposeFile()
        : this([])
    {
    }

    private ComposeFile(string[] more, params (string Name, string Value)[] variables)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Config(more, variables)));
        _root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>The services by name.</summary>
    public IReadOnlyDictionary<string, YamlNode> Services => MapOf(_root["services"]);

    /// <summary>The services that are nodes.</summary>
    public IReadOnlyDictionary<string, YamlNode> Nodes =>
        Services.Where(service => service.Key.StartsWith("node", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

    /// <summary>The networks by name.</summary>
    public IReadOnlyDictionary<string, YamlNode> Networks => MapOf(_root["networks"]);

    /// <summary>The same with <c>turn.yaml</c>.</summary>
    /// <param name="variables">What is to stand in <c>.env</c>.</param>
    public static ComposeFile WithTurn(params (string Name, string Value)[] variables) => new(["-f", "turn.yaml"], variables);

    /// <summary>What the program makes of a node's configuration.</summary>
    /// <param name="node">The node.</param>
    /// <param name="turn">The folder with the secrets of <c>turn.yaml</c>, in place of that beside it.</param>
    internal GatewayConfiguration ConfigurationOf(string node, string? turn = null)
    {
        string[][] volumes = [.. ListOf(Nodes[node]["volumes"]).Select(volume => volume.Split(':'))];
        var environment = MapOf(Nodes[node]["environment"]).ToDictionary(pair => pair.Key, pair => Here(TextOf(pair.Value)), StringComparer.Ordinal);
        return new ConfigurationLoader(environment, "/", TimeProvider.System).Load(new StartArguments(), []);

        string Here(string value)
        {
            foreach (var parts in volumes)
                value = value.Replace(parts[1], parts[0], StringComparison.Ordinal);
            return turn is null ? value : value.Replace(Path.Combine(Folder, "turn"), turn, StringComparison.Ordinal);
        }
    }

    /// <summary>What is under a key; null where it is not there.</summary>
    public static YamlNode? Find(YamlNode node, string key) => node is YamlMappingNode map && map.Children.TryGetValue(key, out var value) ? value : null;

    public static string TextOf(YamlNode node) => ((YamlScalarNode)node).Value!;

    public static string[] ListOf(YamlNode node) => [.. ((YamlSequenceNode)node).Select(TextOf)];

    public static IReadOnlyDictionary<string, YamlNode> MapOf(YamlNode node) =>
        ((YamlMappingNode)node).Children.ToDictionary(pair => TextOf(pair.Key), pair => pair.Value, StringComparer.Ordinal);

    private static string Config(string[] more, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("docker-compose", ["-f", "compose.yaml", .. more, "config"])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"docker-compose does not take the file: {error.Result}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("These tests need docker-compose, which needs no engine for them: apt-get install docker-compose on Debian.", e);
        }
    }
}
