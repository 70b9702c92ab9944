using Signaling.Tests.Fuzzing.ClusterPort;
using Signaling.Tests.Fuzzing.Codec;
using Signaling.Tests.Fuzzing.Config;
using Signaling.Tests.Fuzzing.Http;
using Signaling.Tests.Fuzzing.Nodes;
using Signaling.Tests.Fuzzing.Sockets;

namespace Signaling.Tests.Fuzzing;

/// <summary>The sources that a surface is made of, and the lines of them that do not count, each with its reason.</summary>
internal static class OwnSources
{
    public static IReadOnlyDictionary<string, string[]> BySurface { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [CodecSurface.Called] = ["Protocol/Frame.cs", "Protocol/FrameHeader.cs", "Protocol/AddressKey.cs", "Protocol/AddressPattern.cs", "Connections/ConnectionState.cs"],
        [SocketSurface.Called] =
        [
            "WebSockets/CloseFrame.cs", "WebSockets/FrameHead.cs", "WebSockets/FrameWriter.cs", "WebSockets/Masking.cs", "WebSockets/MessageParser.cs", "WebSockets/MessageParts.cs",
            "Sockets/PeerSocket.cs", "Sockets/ReadCredit.cs", "Sockets/SocketWriter.cs",
        ],
        [HttpSurface.Called] =
        [
            "Sockets/PathConstraint.cs", "Sockets/RequestTarget.cs", "Sockets/SocketEndpoint.cs", "Sockets/UpgradeConstraint.cs", "Tokens/AdminCheck.cs", "Tokens/TokenEndpoint.cs", "Tokens/TokenRequest.cs",
            "Hosting/PublicFiles.cs", "Hosting/InternalListener.cs", "WebSockets/Handover.cs", "Admin/AdminGate.cs", "Draining/DrainEndpoint.cs", "Limits/Doorkeeper.cs", "Origins/AllowedOrigins.cs",
            "Origins/OriginPattern.cs", "Tokens/PeerAdmission.cs", "Tokens/PeerToken.cs", "Tokens/SignedTokens.cs", "Tokens/SignedTokenText.cs", "Tokens/TokenGrant.cs",
        ],
        [ConfigSurface.Called] =
        [
            "Configuration/AppList.cs", "Configuration/ConfigFile.cs", "Configuration/ConfigJson.cs", "Configuration/ConfigValue.cs", "Configuration/EndpointConfig.cs", "Configuration/JavaScript.cs",
            "Configuration/PortVariable.cs", "Configuration/SettingBinder.cs", "Configuration/SettingSources.cs",
        ],
        [NodeSurface.Called] = ["Messages/Wire/", "ClusterPort/FrameReader.cs"],
        [AssociationSurface.Called] = ["ClusterPort/ClusterContract.cs", "ClusterPort/FirstWords.cs", "ClusterPort/FrameReader.cs", "ClusterPort/NodeAssociation.cs", "ClusterPort/Outbox.cs"],
        [ClusterPortSurface.Called] = ["ClusterPort/Doorway.cs", "ClusterPort/NodeTransport.cs", "ClusterPort/NoHandshake.cs", "ClusterPort/Refusals.cs", "ClusterPort/TlsHandshake.cs"],
    };

    public static IReadOnlyList<(string Source, string Line)> LeftOut { get; } =
    [
        // Processors of the other byte order, and those without vectors.
        ("Protocol/Frame.cs", "BitConverter.IsLittleEndian"),
        ("Protocol/Frame.cs", "for (var i = 0; i < text.Length; i++)"),
        ("WebSockets/Masking.cs", "BitConverter.IsLittleEndian"),
        ("WebSockets/Masking.cs", "Vector.IsHardwareAccelerated"),

        // Without a limit of messages, which the fuzzing's sockets have.
        ("WebSockets/MessageParser.cs", "maxPayload > 0"),

        // Times of the real clock, and peers that do not read: other tests have them.
        ("Sockets/PeerSocket.cs", "MostReadsInARow"),
        ("Sockets/SocketWriter.cs", "SendQueue.Added.Overflow"),
        ("Sockets/SocketWriter.cs", "withinSend"),
        ("ClusterPort/NodeTransport.cs", "error is OperationCanceledException ?"),
        ("ClusterPort/NodeTransport.cs", "error is SocketException or OperationCanceledException"),

        // Other nodes that do not confirm a token or know it, room that is used up, and keys that are fetched.
        ("Tokens/TokenEndpoint.cs", "audit.Registered(context"),
        ("Tokens/PeerAdmission.cs", "registered.IsKnownElsewhereAsync"),
        ("Tokens/PeerAdmission.cs", "fault == TokenFault.UnknownKey"),
        ("Tokens/SignedTokens.cs", "fetched.IsActive"),

        // What comes of no peer: who runs the service, and an app's own program.
        ("Connections/ConnectionState.cs", "PeerReport Report()"),
        ("Connections/ConnectionState.cs", "string.Equals(_requests.Held?.Key"),
        ("Connections/ConnectionState.cs", "isDenied && FrameHeader.TryRead"),
        ("Sockets/PeerSocket.cs", "_admission is not null"),

        // HTTP/2, which the program does not serve, and addresses of this machine's own.
        ("Sockets/UpgradeConstraint.cs", "IHttpExtendedConnectFeature"),
        ("Sockets/SocketEndpoint.cs", "address?.Plain()"),

        ("Sockets/UpgradeConstraint.cs", "IsUpgradableRequest"),

        // What the configuration of the fuzzing's program decides, and what the framework never leaves out.
        ("Sockets/SocketEndpoint.cs", "LogVerbose"),
        ("Sockets/SocketEndpoint.cs", "log?."),
        ("Hosting/InternalListener.cs", "if (port is not"),
        ("Hosting/PublicFiles.cs", "new FileServerOptions"),
        ("Sockets/UpgradeConstraint.cs", "httpContext is not null"),
        ("Sockets/PathConstraint.cs", "httpContext?."),
        ("WebSockets/Handover.cs", "_actions"),
        ("Hosting/PublicFiles.cs", "context.Request.Path.Value"),
        ("Admin/AdminGate.cs", "address is not null"),
        ("Origins/OriginPattern.cs", "if (!match.Success)"),
        ("Tokens/PeerAdmission.cs", "!admins.IsActive && !signed.IsActive"),
        ("Tokens/PeerAdmission.cs", "LogLevel.Debug"),
        ("ClusterPort/ClusterContract.cs", "NodeOptions.DefaultClusterName"),
        ("ClusterPort/NodeTransport.cs", "maximum-frame-size"),
        ("ClusterPort/NodeTransport.cs", "IPAddress.IPv6Any"),
        ("ClusterPort/NodeTransport.cs", "Config.Get"),
        ("ClusterPort/NodeTransport.cs", "host.Contains(':')"),
        ("ClusterPort/NodeTransport.cs", "IPAddress.TryParse"),

        // A node that stops.
        ("Sockets/SocketEndpoint.cs", "sockets.TryAdd"),
        ("ClusterPort/NodeTransport.cs", "if (_closed)"),
        ("ClusterPort/NodeTransport.cs", "_listener?."),

        // Members of a real cluster, and a machine without a descriptor left: Cluster and Gateway/ClusterPort have tests.
        ("ClusterPort/ClusterContract.cs", "cluster.State.Members"),
        ("ClusterPort/ClusterContract.cs", "member.AppVersion"),
        ("ClusterPort/Doorway.cs", "refusals.IsDue(nameof(Doorway)"),
        ("ClusterPort/Doorway.cs", "socket.RemoteEndPoint is not"),
        ("ClusterPort/Doorway.cs", "IsIPv4MappedToIPv6"),

        // Other machines' transport.
        ("ClusterPort/NoHandshake.cs", "EpollTransport.IsSupported"),
    ];
}
