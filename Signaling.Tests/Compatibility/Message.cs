namespace Signaling.Tests.Compatibility;

/// <summary>What a peer sends or gets, as a line of a trace names it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">Its bytes, without the WebSocket frame around them.</param>
internal sealed record Message(MessageKind Kind, byte[] Payload)
{
    /// <summary>The sign of life, and the server's answer to it.</summary>
    public static readonly Message Heartbeat = new(MessageKind.Binary, [202]);

    /// <summary>The connection broke without a close frame.</summary>
    public static readonly Message Cut = new(MessageKind.Cut, []);

    /// <summary>Whether nothing can follow it on its socket.</summary>
    public bool Ends => Kind is MessageKind.Close or MessageKind.Refused or MessageKind.Cut;

    /// <inheritdoc/>
    public bool Equals(Message? other) =>
        other is not null && Kind == other.Kind && Payload.AsSpan().SequenceEqual(other.Payload);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Payload.Length);
}

internal enum MessageKind
{
    /// <summary>A binary message.</summary>
    Binary,

    /// <summary>A text message.</summary>
    Text,

    /// <summary>A close frame, with code and reason or without.</summary>
    Close,

    /// <summary>A WebSocket ping.</summary>
    Ping,

    /// <summary>A WebSocket pong.</summary>
    Pong,

    /// <summary>Bytes put on the wire as they are. Only sent.</summary>
    Raw,

    /// <summary>The sub-protocol the server chose. Only received, and only where some were offered.</summary>
    Protocol,

    /// <summary>The handshake was answered with an HTTP status other than 101.</summary>
    Refused,

    /// <summary>The connection broke without a close frame.</summary>
    Cut,
}

/// <summary>A message to send, in one WebSocket frame or several.</summary>
internal sealed record Outgoing(Message Message, int Fragments = 1);
