namespace Signaling.Tests.Faults;

/// <summary>What a <see cref="FaultPeer"/> hears, each in its turn. Nothing in here may wait.</summary>
internal interface IPeerEvents
{
    /// <summary>A whole message has come; its bytes are gone when this returns.</summary>
    void OnMessage(FaultPeer peer, ReadOnlySpan<byte> message, Moment at);

    /// <summary>The socket has ended; the last that is heard.</summary>
    void OnEnd(FaultPeer peer, PeerEnd end);
}

/// <summary>How a socket ended.</summary>
/// <param name="At">When the peer knew.</param>
/// <param name="Status">The status of the server's close frame; null where there was none.</param>
/// <param name="Reason">What is known of the cause.</param>
internal sealed record PeerEnd(Moment At, int? Status, string Reason);
