using Akka.Actor;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>Asks a connection for its <see cref="PeerReport"/>. Local.</summary>
public sealed class AskPeer : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static readonly AskPeer Instance = new();

    private AskPeer()
    {
    }
}

/// <summary>Tells a connection to close its peer's socket, on behalf of who runs the service. Local.</summary>
public sealed class Dismiss : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static readonly Dismiss Instance = new();

    private Dismiss()
    {
    }
}

/// <summary>Tells a connection to give an address back and to close its links there, on behalf of who runs the service. Local.</summary>
/// <param name="Key">The address.</param>
public sealed record CloseAddress(string Key) : INoSerializationVerificationNeeded;

/// <summary>How a peer is. Local.</summary>
/// <param name="Peer">Its connection.</param>
/// <param name="App">The app's path.</param>
/// <param name="Key">The address that it holds; null: none.</param>
/// <param name="Links">Its open links.</param>
public sealed record PeerReport(ConnectionUid Peer, string App, string? Key, IReadOnlyList<LinkReport> Links) : INoSerializationVerificationNeeded;

/// <summary>How an open link is, at one of its ends.</summary>
/// <param name="Link">Its name.</param>
/// <param name="Key">The address that it was opened by.</param>
/// <param name="Other">The connection at the other end.</param>
/// <param name="IsStraight">Whether its frames go straight to the other end, since its address was silent.</param>
/// <param name="Sent">What the peer has sent over it.</param>
/// <param name="Received">What it was sent.</param>
public sealed record LinkReport(LinkName Link, string Key, ConnectionUid Other, bool IsStraight, Count Sent, Count Received);
