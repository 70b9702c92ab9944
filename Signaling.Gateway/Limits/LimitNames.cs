namespace Signaling.Gateway.Limits;

/// <summary>What figures call the limits: as their settings, where they have one.</summary>
internal static class LimitNames
{
    public const string Sockets = "sockets";
    public const string SocketsPerAddress = "socketsPerAddress";
    public const string SocketsPerToken = "socketsPerToken";
    public const string HandshakesPerSecond = "handshakesPerSecond";
    public const string ConnectionsPerAddress = "connectionsPerAddress";
    public const string ConnectionsPerSecond = "connectionsPerSecond";
    public const string FirstMessageTime = "firstMessageTime";
    public const string MessagesPerSecond = "messagesPerSecond";
    public const string BytesPerSecond = "bytesPerSecond";
}
