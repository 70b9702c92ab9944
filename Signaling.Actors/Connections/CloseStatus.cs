namespace Signaling.Actors.Connections;

/// <summary>Status codes of a closing WebSocket: RFC 6455, section 7.4.1.</summary>
public static class CloseStatus
{
    /// <summary>All is done.</summary>
    public const ushort Normal = 1000;

    /// <summary>The server stops.</summary>
    public const ushort GoingAway = 1001;

    /// <summary>The peer may not have what it asked for: an unknown app, or no valid token.</summary>
    public const ushort PolicyViolation = 1008;

    /// <summary>A message exceeds the limit.</summary>
    public const ushort MessageTooBig = 1009;

    /// <summary>The peer does not take what is sent to it.</summary>
    public const ushort TryAgainLater = 1013;
}
