using System.Text.Json;

namespace Signaling.Tests.Deploy.Image;

/// <summary>What an image tells the engine that runs it.</summary>
internal sealed record ImageConfig
{
    public required string Architecture { get; init; }

    public required string User { get; init; }

    public required string WorkingDirectory { get; init; }

    public required string StopSignal { get; init; }

    public required IReadOnlyList<string> Entrypoint { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The health check's command, without the word <c>CMD</c>, which says that it takes no shell.</summary>
    public required IReadOnlyList<string> HealthCheck { get; init; }

    public required IReadOnlyList<string> Ports { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Reads the configuration of an image in Docker's format.</summary>
    public static ImageConfig Read(JsonElement image)
    {
        var config = image.GetProperty("config");
        return new ImageConfig
        {
            Architecture = image.GetProperty("architecture").GetString()!,
            User = config.GetProperty(nameof(User)).GetString()!,
            WorkingDirectory = config.GetProperty("WorkingDir").GetString()!,
            StopSignal = config.GetProperty(nameof(StopSignal)).GetString()!,
            Entrypoint = Texts(config, "Entrypoint"),
            Command = Texts(config, "Cmd"),
            HealthCheck = Texts(config.GetProperty("Healthcheck"), "Test") is ["CMD", .. var command]
                ? [.. command]
                : throw new FormatException("The health check takes a shell."),
            Ports = [.. config.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name).Order(StringComparer.Ordinal)],
            Environment = Texts(config, "Env").Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal),
            Labels = config.GetProperty(nameof(Labels)).EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!, StringComparer.Ordinal),
        };
    }

    private static string[] Texts(JsonElement config, string name) =>
        config.TryGetProperty(name, out var texts) && texts.ValueKind == JsonValueKind.Array ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];
}
