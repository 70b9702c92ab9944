using System.Net.WebSockets;

namespace Signaling.Gateway.WebSockets;

/// <summary>What a peer has sent that none may.</summary>
/// <param name="Status">What the peer is told.</param>
/// <param name="What">What it was, for the log.</param>
internal sealed record FrameFault(WebSocketCloseStatus Status, string What);
