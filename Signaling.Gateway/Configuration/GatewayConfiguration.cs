using Signaling.Gateway.Certificates;

namespace Signaling.Gateway.Configuration;

/// <summary>Everything the program is told, read, checked and put together.</summary>
internal sealed record GatewayConfiguration
{
    private const long DefaultMaxPayload = 100 * 1024 * 1024;
    private const long StrictMaxPayload = 1024 * 1024;

    /// <summary>The configuration file; null: there is none, this is dev mode.</summary>
    public required string? Path { get; init; }

    public required ConfigFile File { get; init; }

    public required ServiceSettings Settings { get; init; }

    public required IReadOnlyList<ListenEndpoint> Endpoints { get; init; }

    /// <summary>The certificates, of the public listener and of the node.</summary>
    public required IReadOnlyList<CertificateInUse> Certificates { get; init; }

    /// <summary>The port variable, if it is set.</summary>
    public required PortVariable? PortVariable { get; init; }

    /// <summary>What is odd but does not keep the program from running.</summary>
    public required IReadOnlyCollection<string> Warnings { get; init; }

    /// <summary>The folder whose files are served; null in dev mode.</summary>
    public string? PublicFolder =>
        Path is null ? null : System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "public");

    /// <summary>Hands over what the service itself needs.</summary>
    public void CopyTo(SignalingOptions options)
    {
        foreach (var app in File.Apps)
            options.Apps.Add(app);
        options.AdminToken = File.AdminToken;
        options.MaxPayload = File.MaxPayload ?? (Settings.Strict ? StrictMaxPayload : DefaultMaxPayload);
        options.Strict = Settings.Strict;
        options.Limits = Settings.Limits;
        options.Origins = Settings.Origins;
        options.AddressesAreKnown = Settings.Proxies.AddressesAreKnown;
        options.LogVerbose = File.LogVerbose;
        options.Sockets = Settings.Sockets;
        options.Tokens = Settings.Tokens;
        options.Ice = Settings.Ice;
        options.Sessions = Settings.Sessions;
        options.Node = Settings.Node;
        options.Drain = Settings.Drain;
    }
}
