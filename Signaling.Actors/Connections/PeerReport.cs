using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>How a peer is.</summary>
/// <param name="Peer">Its connection.</param>
/// <param name="App">The app's path.</param>
/// <param name="Key">The address that it holds; null: none.</param>
/// <param name="Links">Its open links.</param>
public sealed record PeerReport(ConnectionUid Peer, string App, string? Key, IReadOnlyList<LinkReport> Links);

/// <summary>How an open link is, at one of its ends.</summary>
/// <param name="Link">Its name.</param>
/// <param name="Key">The address that it was opened by.</param>
/// <param name="Other">The connection at the other end.</param>
/// <param name="IsStraight">Whether its frames go straight to the other end, since its address was silent.</param>
/// <param name="Sent">What the peer has sent over it.</param>
/// <param name="Received">What it was sent.</param>
public sealed record LinkReport(LinkName Link, string Key, ConnectionUid Other, bool IsStraight, Count Sent, Count Received);
