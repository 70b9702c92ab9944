using System.Text.Json;

namespace Signaling.Gateway.Configuration;

/// <summary>What <c>httpConfig</c> or <c>httpsConfig</c> says.</summary>
/// <param name="Origin">The file and the key of the object, for messages.</param>
/// <param name="PortOrigin">What set the port, for messages: file and key, or the environment variable.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
/// <param name="Host">An address or a name of this machine; null: all addresses.</param>
internal sealed record EndpointConfig(string Origin, string PortOrigin, int Port, string? Host)
{
    /// <summary>Reads both endpoints; one that is absent, null or false is off.</summary>
    /// <param name="httpConfig">The plain one.</param>
    /// <param name="httpsConfig">The one with TLS.</param>
    /// <param name="port">The port variable, if it is set.</param>
    public static (EndpointConfig? Http, SecureEndpointConfig? Https) Read(
        ConfigValue httpConfig, ConfigValue httpsConfig, PortVariable? port)
    {
        var http = JavaScript.IsTruthy(httpConfig.Json) ? ReadPlain(httpConfig, port) : null;
        var https = JavaScript.IsTruthy(httpsConfig.Json);
        if (http is null && !https)
        {
            throw new StartupException(
                $"{httpConfig.File}: neither httpConfig nor httpsConfig is set, so there is nothing to listen on; " +
                "add one, such as \"httpConfig\": {\"port\": 12776}.");
        }

        if (http is not null && https && port is not null)
        {
            httpsConfig.Warn(
                $"is left out: the environment variable {port.Name} sets one port, which http takes; remove " +
                $"httpConfig to have https on it, or unset {port.Name} to have both");
            https = false;
        }

        return (http, https ? ReadSecure(httpsConfig, port) : null);
    }

    private static EndpointConfig ReadPlain(ConfigValue value, PortVariable? port)
    {
        value.WarnOfKeysBut("port", "host");
        return ReadEndpoint(value, port);
    }

    private static SecureEndpointConfig ReadSecure(ConfigValue value, PortVariable? port)
    {
        value.WarnOfKeysBut("port", "host", "ssl_key_file", "ssl_cert_file");
        return new SecureEndpointConfig(
            ReadEndpoint(value, port), value["ssl_key_file"].Text, value["ssl_cert_file"].Text);
    }

    private static EndpointConfig ReadEndpoint(ConfigValue value, PortVariable? port) => new(
        $"{value.File}: {value.Key}",
        port is null ? $"{value.File}: {value["port"].Key}" : $"the environment variable {port.Name}",
        ReadPort(value["port"], port),
        ReadHost(value["host"]));

    private static int ReadPort(ConfigValue value, PortVariable? variable)
    {
        if (variable is not null)
            return variable.ToPort();

        if (value.Json.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return 0;

        var isNumeric = value.Json.ValueKind == JsonValueKind.Number || !string.IsNullOrWhiteSpace(value.Text);
        return isNumeric && JavaScript.ToNumber(value.Json) is >= 0 and <= 65535 and var number && number == Math.Floor(number)
            ? (int)number
            : throw value.Refuse("allowed is a whole number from 0 to 65535");
    }

    private static string? ReadHost(ConfigValue value) =>
        value.Text is null && JavaScript.IsTruthy(value.Json)
            ? throw value.Refuse("it must be a text: an address or a name of this machine, such as \"0.0.0.0\"")
            : value.Text;
}

/// <summary>What <c>httpsConfig</c> says.</summary>
/// <param name="Endpoint">What it has in common with <c>httpConfig</c>.</param>
/// <param name="KeyFile">The file of the private key, as written.</param>
/// <param name="CertificateFile">The file of the certificate and of those it is signed with, as written.</param>
internal sealed record SecureEndpointConfig(EndpointConfig Endpoint, string? KeyFile, string? CertificateFile);
