namespace Signaling.Gateway.WebSockets;

/// <summary>What a WebSocket frame is: RFC 6455, section 5.2.</summary>
internal enum Opcode : byte
{
    /// <summary>The next part of a message.</summary>
    Continuation = 0x0,

    /// <summary>The beginning of a message in UTF-8, or all of it.</summary>
    Text = 0x1,

    /// <summary>The beginning of a message in bytes, or all of it.</summary>
    Binary = 0x2,

    /// <summary>The last frame of one direction.</summary>
    Close = 0x8,

    /// <summary>Asks for a pong.</summary>
    Ping = 0x9,

    /// <summary>Answers a ping.</summary>
    Pong = 0xA,
}
