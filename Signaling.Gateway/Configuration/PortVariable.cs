namespace Signaling.Gateway.Configuration;

/// <summary>
/// The port a hosting provider demands by the environment variable <c>port</c> (Azure) or <c>PORT</c> (Heroku).
/// It replaces the ports of the configuration.
/// </summary>
/// <param name="Name">The variable as it is spelled.</param>
/// <param name="Value">Its value as it stands.</param>
internal sealed record PortVariable(string Name, string Value)
{
    public static PortVariable? Of(IReadOnlyDictionary<string, string> environment) =>
        Named("port", environment) ?? Named("PORT", environment);

    /// <summary>The port, read as loosely as the original does: <c>8080/tcp</c> is 8080.</summary>
    public int ToPort() => JavaScript.ParseInt(Value) is var port and > 0 and <= 65535
        ? (int)port
        : throw new StartupException(
            $"The environment variable {Name} is \"{Value}\"; allowed is a number from 1 to 65535. " +
            "Correct it, or unset it to use the ports of the configuration.");

    private static PortVariable? Named(string name, IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault(name) is { Length: > 0 } value ? new PortVariable(name, value) : null;
}
