using System.Runtime.InteropServices;
using Signaling.Actors.Connections;

namespace Signaling.Gateway.Sessions;

/// <summary>A step of a peer, when it was, and what else is known of it.</summary>
/// <param name="At">When, in ms since 1970.</param>
/// <param name="App">The app's path.</param>
/// <param name="Step">The step.</param>
/// <param name="Note">How its socket ended, or who was turned away and why; never what a peer has said.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SessionEntry(long At, string App, PeerStep Step, string? Note);
