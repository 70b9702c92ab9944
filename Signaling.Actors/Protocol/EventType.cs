namespace Signaling.Actors.Protocol;

/// <summary>Byte 0 of a message on a peer's socket: what it is about. See <c>docs/protocol.md</c>.</summary>
public enum EventType : byte
{
    /// <summary>Never sent; ignored when received.</summary>
    Invalid = 0,

    /// <summary>Data for the other end of a link, sent by its peer as unreliable. Relayed like reliable data.</summary>
    UnreliableMessageReceived = 1,

    /// <summary>Data for the other end of a link.</summary>
    ReliableMessageReceived = 2,

    /// <summary>From the peer: reserve an address. To the peer: it is reserved.</summary>
    ServerInitialized = 3,

    /// <summary>To the peer: the address is denied.</summary>
    ServerInitFailed = 4,

    /// <summary>From the peer: release the address. To the peer: it is released.</summary>
    ServerClosed = 5,

    /// <summary>From the peer: connect to an address. To the peer: a link has opened.</summary>
    NewConnection = 6,

    /// <summary>To the peer: a connect has failed.</summary>
    ConnectionFailed = 7,

    /// <summary>From the peer: close a link. To the peer: a link has closed.</summary>
    Disconnected = 8,

    /// <summary>Reserved by the clients; ignored when received.</summary>
    FatalError = 100,

    /// <summary>Reserved by the clients; ignored when received.</summary>
    Warning = 101,

    /// <summary>Reserved by the clients; ignored when received.</summary>
    Log = 102,

    /// <summary>This value and those above it never reach the users of a client.</summary>
    ReservedStart = 200,

    /// <summary>The protocol's version, in byte 1; answered with the server's own.</summary>
    MetaVersion = 201,

    /// <summary>The peer's sign of life; answered with the same.</summary>
    MetaHeartbeat = 202,
}

/// <summary>Byte 1 of a message on a peer's socket: what follows the header.</summary>
public enum EventDataType : byte
{
    /// <summary>Nothing follows.</summary>
    Null = 0,

    /// <summary>A uint32 length in bytes at offset 4, the bytes at offset 8.</summary>
    Bytes = 1,

    /// <summary>A uint32 length in UTF-16 units at offset 4, the units at offset 8.</summary>
    String = 2,
}
