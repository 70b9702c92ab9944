using System.Text.Json;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// A <c>config.json</c>. What the original server accepts is accepted and means the same; what it stumbles over is
/// refused with a sentence; what can hardly be meant is a warning.
/// </summary>
internal sealed record ConfigFile
{
    public required bool LogVerbose { get; init; }

    public required string? AdminToken { get; init; }

    public required EndpointConfig? Http { get; init; }

    public required SecureEndpointConfig? Https { get; init; }

    /// <summary>Largest message in bytes; 0: no limit; null: the file does not say.</summary>
    public required long? MaxPayload { get; init; }

    public required IReadOnlyList<AppOptions> Apps { get; init; }

    /// <summary>What stands under <c>signaling</c>.</summary>
    public required ConfigValue Signaling { get; init; }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What messages call the file.</param>
    /// <param name="port">The port variable, if it is set.</param>
    /// <param name="warnings">Takes the warnings.</param>
    public static ConfigFile Read(string text, string file, PortVariable? port, ICollection<string> warnings)
    {
        var root = new ConfigValue(file, "", ConfigJson.Parse(text, file), warnings);
        if (root.Json.ValueKind != JsonValueKind.Object)
            throw root.Refuse("it must be an object, such as {\"httpConfig\": {\"port\": 12776}, \"apps\": []}");

        root.WarnOfKeysBut("log_verbose", "adminToken", "httpConfig", "httpsConfig", "maxPayload", "apps", "signaling");
        var (http, https) = EndpointConfig.Read(root["httpConfig"], root["httpsConfig"], port);
        return new ConfigFile
        {
            LogVerbose = root["log_verbose"] is var verbose && (verbose.IsAbsent || JavaScript.EqualsTrue(verbose.Json)),
            AdminToken = ReadAdminToken(root["adminToken"]),
            Http = http,
            Https = https,
            MaxPayload = ReadMaxPayload(root["maxPayload"]),
            Apps = AppList.Read(root["apps"]),
            Signaling = root["signaling"],
        };
    }

    private static string? ReadAdminToken(ConfigValue value)
    {
        if (value.Text is null && JavaScript.IsTruthy(value.Json))
            value.Warn("is not a text, so every peer is let in; write it in quotes to ask for tokens");
        return value.Text;
    }

    private static long? ReadMaxPayload(ConfigValue value)
    {
        if (value.IsAbsent)
            return null;

        var bytes = JavaScript.ToNumber(value.Json);
        if (!(bytes >= 0))
            value.Warn($"is {value.Shown}, not a number of bytes, so messages of any size are let in");
        return bytes >= 1 ? (long)Math.Min(bytes, int.MaxValue) : 0;
    }
}
