namespace Signaling.Tests.Gateway.WebSockets;

/// <summary>Bytes that a peer sends over TCP once it has a WebSocket, and what it is to get.</summary>
/// <param name="Group">What it is about.</param>
/// <param name="Name">What is sent.</param>
/// <param name="Bytes">As they are sent.</param>
/// <param name="Expected">The server's frames, as <c>beat</c>, <c>pong HEX</c>, <c>close STATUS</c>, with commas between.</param>
/// <param name="Way">How they are sent.</param>
internal sealed record RawCase(string Group, string Name, byte[] Bytes, string Expected, RawWay Way = RawWay.AtOnce)
{
    public override string ToString() => $"{Group}: {Name}";
}

/// <summary>How bytes are sent.</summary>
internal enum RawWay
{
    /// <summary>In one go.</summary>
    AtOnce,

    /// <summary>One by one.</summary>
    ByteByByte,

    /// <summary>In one go with the handshake.</summary>
    WithTheHandshake,

    /// <summary>Then the peer says that nothing more comes.</summary>
    ThenHalfClose,

    /// <summary>Then the peer breaks the connection.</summary>
    ThenReset,
}
