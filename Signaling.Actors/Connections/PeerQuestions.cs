using Akka.Actor;

namespace Signaling.Actors.Connections;

/// <summary>Asks a connection for its <see cref="PeerReport"/>. Answered by <see cref="PeerAnswered"/>. Local.</summary>
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

/// <summary>Answers <see cref="AskPeer"/>. Local.</summary>
/// <param name="Report">How the peer is.</param>
public sealed record PeerAnswered(PeerReport Report) : INoSerializationVerificationNeeded;
