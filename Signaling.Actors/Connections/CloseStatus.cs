namespace Signaling.Actors.Connections;

/// <summary>Status codes of a closing WebSocket that a connection uses: RFC 6455, section 7.4.1.</summary>
public static class CloseStatus
{
    /// <summary>All is done.</summary>
    public const ushort Normal = 1000;

    /// <summary>The server stops.</summary>
    public const ushort GoingAway = 1001;

    /// <summary>Who runs the service does not want the peer, or what it does.</summary>
    public const ushort PolicyViolation = 1008;
}
