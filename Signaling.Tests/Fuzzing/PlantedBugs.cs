using Signaling.Tests.Fuzzing.ClusterPort;
using Signaling.Tests.Fuzzing.Codec;
using Signaling.Tests.Fuzzing.Config;
using Signaling.Tests.Fuzzing.Http;
using Signaling.Tests.Fuzzing.Nodes;
using Signaling.Tests.Fuzzing.Sockets;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing;

/// <summary>A fault that the fuzzing of a surface has to find.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Surface">The surface's class.</param>
/// <param name="Sources">The product's sources that are compiled with it: files, and folders with a slash at their ends.</param>
/// <param name="Patches">The changes; their files count from the root.</param>
internal sealed record PlantedBug(string Name, Type Surface, string[] Sources, params MutantPatch[] Patches)
{
    /// <summary>The folder of the surface's fuzzing.</summary>
    public string Folder => Surface.Namespace!.Split('.')[^1];

    public override string ToString() => Name;
}

/// <summary>The faults that the fuzzing has to find.</summary>
internal static class PlantedBugs
{
    private static readonly string[] Codec = ["Signaling.Actors/Protocol/", "Signaling.Actors/Links/", .. Plain("Connections")];
    private static readonly string[] Sockets =
    [
        "Signaling.Gateway/WebSockets/", .. Of("Sockets", "OpenSockets", "PeerSocket", "PeerSocket.Limits", "PeerSocket.Watch", "SocketWriter", "SendQueue", "ReadCredit", "ReadPauses", "PeerPulse", "CrowdMemory"),
    ];

    private static readonly string[] Http = [.. Of("Hosting", "GatewayHost", "PublicFiles"), .. Of("Tokens", "TokenEndpoint", "TokenRequest"), "Signaling.Gateway/SignalingExtensions.cs"];
    private static readonly string[] Config =
        Of("Configuration", "AppList", "ConfigFile", "ConfigJson", "ConfigValue", "DevMode", "EndpointConfig", "JavaScript", "PortVariable", "SettingBinder", "SettingSources", "StartupException");

    // Without those that have extensions, of which there would be two.
    private static readonly string[] Nodes =
    [
        .. new[] { "ClusterSerializer", "ParcelWire", "FrequentLetterWire", "WireReader", "WireWriter", "WireTags" }.Select(name => $"Signaling.Actors/Messages/Wire/{name}.cs"),
        "Signaling.Gateway/ClusterPort/FrameReader.cs",
    ];

    // Without those that others of the product know, or that the build adds to.
    private static readonly string[] Port =
    [
        .. Of("ClusterPort", "ClusterContract", "Disagreements", "Doorway", "FirstWords", "FrameReader", "IHandshake", "NoHandshake", "NodeAssociation"),
        .. Of("ClusterPort", "NodeTransport", "NodeTransportSetup", "Outbox", "Refusals", "RefusedException", "TlsHandshake"),
    ];

    // Of what extends others there are two then: the program's own, and the one with the fault.
    private static readonly MutantPatch[] OwnHost =
    [
        new("Signaling.Gateway/Hosting/GatewayHost.cs", "app.UsePublicFiles(", "PublicFiles.UsePublicFiles(app, "),
        new("Signaling.Gateway/Hosting/GatewayHost.cs", "builder.Services.AddSignaling(", "SignalingExtensions.AddSignaling(builder.Services, "),
        new("Signaling.Gateway/Hosting/GatewayHost.cs", "app.MapSignaling()", "SignalingExtensions.MapSignaling(app)"),
    ];

    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("Believe a message's length", typeof(CodecSurface), Codec, new MutantPatch(
            "Signaling.Actors/Protocol/FrameHeader.cs", "|| length > message.Length)", "|| length > message.Length + 1)")),
        new("Forget the last star of a pattern", typeof(CodecSurface), Codec, new MutantPatch(
            "Signaling.Actors/Protocol/AddressPattern.cs", "return pattern[at..].Trim('*').IsEmpty;", "return pattern[at..].IsEmpty;")),
        new("Deal with a message twice", typeof(CodecSurface), Codec, new MutantPatch(
            "Signaling.Actors/Connections/ConnectionState.cs", "_held.Dequeue();", "_ = _held.Count > 1 ? _held.Dequeue() : default;")),
        new("Turn no mask", typeof(SocketSurface), Sockets, new MutantPatch(
            "Signaling.Gateway/WebSockets/Masking.cs", "var bits = 8 * (int)(offset & 3);", "var bits = 8 * (int)(offset & 1);")),
        new("Take any close status", typeof(SocketSurface), Sockets, new MutantPatch(
            "Signaling.Gateway/WebSockets/CloseFrame.cs", "(>= 1007 and <= 1014)", "(>= 1007 and <= 1015)")),
        new("Read no more of what is left over", typeof(SocketSurface), Sockets, new MutantPatch(
            "Signaling.Gateway/Sockets/PeerSocket.cs", "_input.AdvanceTo(_bytes.Start, _bytes.End);", "_input.AdvanceTo(_bytes.End);")),
        new("Serve the folder above that of the files", typeof(HttpSurface), Http, [new MutantPatch(
            "Signaling.Gateway/Hosting/PublicFiles.cs", "new PhysicalFileProvider(folder, ExclusionFilters.None)", "new PhysicalFileProvider(Path.GetDirectoryName(folder)!, ExclusionFilters.None)"), .. OwnHost]),
        new("Take any body for JSON", typeof(HttpSurface), Http, [new MutantPatch(
            "Signaling.Gateway/Tokens/TokenRequest.cs", "when (e is JsonException or InvalidOperationException)", "when (e is InvalidOperationException)"), .. OwnHost]),
        new("Ask no page where it comes from", typeof(HttpSurface), [.. Http, "Signaling.Gateway/Sockets/SocketEndpoint.cs"], [new MutantPatch(
            "Signaling.Gateway/Sockets/SocketEndpoint.cs", "if (!origins.Allow(context.Request, path))", "if (origins is null)"), .. OwnHost]),
        new("Let browsers guess what an answer is", typeof(HttpSurface), Http, [new MutantPatch(
            "Signaling.Gateway/Hosting/GatewayHost.cs", "if (configuration.Settings.Strict)", "if (!configuration.Settings.Strict)"), .. OwnHost]),
        new("Take any text for a number", typeof(ConfigSurface), Config, new MutantPatch(
            "Signaling.Gateway/Configuration/SettingBinder.cs", "catch (InvalidOperationException)", "catch (FormatException)")),
        new("Read a half character", typeof(ConfigSurface), Config, new MutantPatch(
            "Signaling.Gateway/Configuration/ConfigJson.cs", "RefuseHalfCharacters(document.RootElement);", "_ = document.RootElement;")),
        new("Take a length for granted", typeof(NodeSurface), Nodes, new MutantPatch(
            "Signaling.Actors/Messages/Wire/WireReader.cs", "if (length < 0 || length > _left.Length)", "if (length < 0)")),
        new("Write a letter's flag the wrong way", typeof(NodeSurface), Nodes, new MutantPatch(
            "Signaling.Actors/Messages/Wire/FrequentLetterWire.cs", "to.Int(WireTags.AckFull, m.Full ? 1 : 0);", "to.Int(WireTags.AckFull, 0);")),
        new("Take any length between nodes", typeof(NodeSurface), Nodes, new MutantPatch(
            "Signaling.Gateway/ClusterPort/FrameReader.cs", "if (length < 0 || length > most)", "if (length < 0)")),
        new("Forget half a first word", typeof(AssociationSurface), Port, new MutantPatch(
            "Signaling.Gateway/ClusterPort/FirstWords.cs", "reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);", "reader.AdvanceTo(read.Buffer.End);")),
        new("Ask nothing of who was dialled", typeof(AssociationSurface), Port, new MutantPatch(
            "Signaling.Gateway/ClusterPort/NodeAssociation.cs", "if (!WasHeard && IsDialled)", "if (WasHeard && IsDialled)")),
        new("Tell of a stranger again and again", typeof(ClusterPortSurface), Port, new MutantPatch(
            "Signaling.Gateway/ClusterPort/Doorway.cs", "refusals.IsDue(peer.Address.ToString(), kind, out var more)", "refusals.IsDue(peer.ToString(), kind, out var more)")),
        new("Let in any certificate", typeof(ClusterPortSurface), Port, new MutantPatch(
            "Signaling.Gateway/ClusterPort/TlsHandshake.cs", "judge(certificate.Trust.OfClient(shown as X509Certificate2, Sent(chain)))", "judge(null)")),
    ];

    private static string[] Of(string folder, params string[] names) => [.. names.Select(name => $"Signaling.Gateway/{folder}/{name}.cs")];

    // All but the shells, which know Akka.
    private static string[] Plain(string room) =>
        [.. House.SourceFile.All.Where(file => string.Equals(file.Room, room, StringComparison.Ordinal) && !file.Imports.Any(import => import.StartsWith("Akka", StringComparison.Ordinal))).Select(file => file.Path)];
}
