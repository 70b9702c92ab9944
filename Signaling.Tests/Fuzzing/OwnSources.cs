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
            "Sockets/PathConstraint.cs", "Sockets/RequestTarget.cs", "Sockets/SocketEndpoint.cs", "Sockets/UpgradeConstraint.cs", "Tokens/TokenEndpoint.cs", "Tokens/TokenRequest.cs",
            "Hosting/PublicFiles.cs", "Hosting/InternalListener.cs", "WebSockets/Handover.cs",
        ],
        [ConfigSurface.Called] =
        [
            "Configuration/AppList.cs", "Configuration/ConfigFile.cs", "Configuration/ConfigJson.cs", "Configuration/ConfigValue.cs", "Configuration/EndpointConfig.cs", "Configuration/JavaScript.cs",
            "Configuration/PortVariable.cs", "Configuration/SettingBinder.cs", "Configuration/SettingSources.cs",
        ],
        [NodeSurface.Called] = ["Messages/Wire/", "ClusterPort/FrameReader.cs"],
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

        // Other nodes that do not confirm a token, and room that is used up.
        ("Tokens/TokenEndpoint.cs", "switch (await tokens.RegisterAsync"),

        // HTTP/2, which the program does not serve, and addresses of this machine's own.
        ("Sockets/UpgradeConstraint.cs", "IHttpExtendedConnectFeature"),
        ("Sockets/SocketEndpoint.cs", "IsIPv4MappedToIPv6"),

        ("Sockets/UpgradeConstraint.cs", "IsUpgradableRequest"),

        // What the configuration of the fuzzing's program decides, and what the framework never leaves out.
        ("Sockets/SocketEndpoint.cs", "LogVerbose"),
        ("Sockets/SocketEndpoint.cs", "log?."),
        ("Hosting/InternalListener.cs", "if (port is not"),
        ("Hosting/PublicFiles.cs", "new FileServerOptions"),
        ("Sockets/UpgradeConstraint.cs", "httpContext is not null"),
        ("Sockets/PathConstraint.cs", "httpContext?."),
        ("WebSockets/Handover.cs", "_actions"),

        // A node that stops.
        ("Sockets/SocketEndpoint.cs", "sockets.TryAdd"),
    ];
}
