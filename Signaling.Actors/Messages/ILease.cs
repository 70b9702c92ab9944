namespace Signaling.Actors.Messages;

/// <summary>
/// The right of this node to serve. It is to be looked at right before each frame, grant and write to a socket: a process
/// that was stopped for a while must not act on what it knew before. Thread-safe.
/// </summary>
public interface ILease
{
    /// <summary>Whether the node may serve at this moment. Once it may not, it never may again.</summary>
    bool IsHeld { get; }
}
