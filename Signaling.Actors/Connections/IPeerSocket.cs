namespace Signaling.Actors.Connections;

/// <summary>
/// A peer's WebSocket as its connection sees it. The gateway implements it; tests put a fake in its place.
/// None of its members blocks or throws, also when the socket is long closed.
/// </summary>
public interface IPeerSocket
{
    /// <summary>Queues a message for the peer. The socket owns the bytes from here on.</summary>
    void Send(ReadOnlyMemory<byte> frame);

    /// <summary>
    /// How many of the messages that were queued have been handed to the transport, or dropped because the socket broke.
    /// They are handed over when the chain ends that they were sent in. Where one has to wait for longer,
    /// <see cref="IConnection.Written"/> tells when to look again.
    /// </summary>
    long Written { get; }

    /// <summary>
    /// Says that a message that the socket handed over has been dealt with, so that it may read as much again.
    /// </summary>
    /// <param name="bytes">Length of the message.</param>
    void Consumed(int bytes);

    /// <summary>Says that a message that the socket handed over means nothing, for the log and the counters.</summary>
    void Ignored(IgnoredMessage reason);

    /// <summary>Says that something was denied to the peer, or for its sake to another, for the log and the counters.</summary>
    void Refused(Refusal reason);

    /// <summary>Says what has become of something that the peer has asked for, for who runs the service.</summary>
    void Happened(in PeerStep step);

    /// <summary>Sends what is queued, then a close frame, then drops the socket. Repeats do nothing.</summary>
    /// <param name="status">WebSocket status code (RFC 6455, 7.4).</param>
    /// <param name="reason">For the peer, at most 123 bytes of UTF-8.</param>
    void Close(ushort status, string reason);
}
