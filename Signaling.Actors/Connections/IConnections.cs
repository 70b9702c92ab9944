using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>Where the gateway announces each socket that it has accepted.</summary>
public interface IConnections
{
    /// <summary>Starts the connection of a peer.</summary>
    /// <param name="socket">The peer's socket.</param>
    /// <param name="app">The app that the peer has asked for.</param>
    /// <param name="rights">What the peer may do there.</param>
    /// <returns>Who takes the peer's messages.</returns>
    IConnection Open(IPeerSocket socket, App app, PeerRights rights);
}

/// <summary>A peer's connection as its socket sees it. Calls come from one thread at a time.</summary>
public interface IConnection
{
    /// <summary>Hands over one whole binary message of the peer. Those that come together are handed over within one chain.</summary>
    /// <param name="message">The connection owns these bytes from here on, and may write into them.</param>
    void Receive(byte[] message);

    /// <summary>
    /// Hands over a message that asks for something that the peer may not have: it is answered in the negative, in its turn.
    /// </summary>
    /// <param name="message">As for <see cref="Receive"/>.</param>
    void Deny(byte[] message);

    /// <summary>Says that <see cref="IPeerSocket.Written"/> has grown since a message had to wait. From any thread.</summary>
    void Written();

    /// <summary>Says that nothing more comes: the peer has closed its socket, or it broke. Repeats do nothing.</summary>
    void Closed();
}

/// <summary>An app as its connections need it.</summary>
/// <param name="Path">Its path, which tells its addresses from those of other apps.</param>
/// <param name="AddressSharing">Whether any number of connections may hold the same address.</param>
public sealed record App(string Path, bool AddressSharing)
{
    /// <summary>Who wins an address that somebody holds. It means nothing where the app shares addresses.</summary>
    public Takeover Takeover { get; init; }

    /// <summary>Most connections that may hold the same address at once, where the app shares addresses.</summary>
    public int MostListeners { get; init; } = int.MaxValue;

    /// <summary>Most links that any one connection may have open at once; its peer's rights may say less.</summary>
    public int MostLinks { get; init; } = int.MaxValue;

    /// <summary>Counts what its connections relay.</summary>
    public RelayTraffic Traffic { get; init; } = new();
}
