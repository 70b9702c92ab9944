namespace Signaling.Gateway.ClusterPort;

/// <summary>What the log says of the port between nodes. Event ids 2030 to 2034.</summary>
internal static partial class TransportLog
{
    [LoggerMessage(2030, LogLevel.Warning, "Refused {Peer} at the port between nodes: {Reason}.{More}")]
    public static partial void Refused(ILogger logger, string peer, string reason, string more);

    [LoggerMessage(2031, LogLevel.Warning, "{Peer} is not spoken to: {Reason}.{More}")]
    public static partial void Distrusted(ILogger logger, string peer, string reason, string more);

    [LoggerMessage(2032, LogLevel.Warning, "The connection with {Peer} broke: {Reason}.{More}")]
    public static partial void Broken(ILogger logger, string peer, string reason, string more);

    [LoggerMessage(2033, LogLevel.Debug, "{Peer} came to the port between nodes and left without a word.")]
    public static partial void Silent(ILogger logger, string peer);

    [LoggerMessage(2034, LogLevel.Error, "The port between nodes could not take a connection: {Reason}. It tries again.")]
    public static partial void Strained(ILogger logger, string reason);
}
