namespace Signaling.Tests.Budgets;

/// <summary>
/// What a relayed message of 200 bytes of data may cost. Where a change makes it cheaper, its budget comes down with it; where
/// one has to make it dearer, the reason stands here.
/// </summary>
internal static class Allowed
{
    /// <summary>
    /// Bytes that the actors allocate for a message that comes alone. Measured: 465. 232 of them are the message itself, an
    /// array that its connection owns; the rest is the frame between the actors and what carries it, some 90 more than
    /// before mailboxes held nothing while nothing waits.
    /// </summary>
    public const double ActorBytes = 490;

    /// <summary>The same where 16 come together. Measured: 465.</summary>
    public const double ActorBytesTogether = 490;

    /// <summary>
    /// Bytes that the whole service allocates for a message that comes alone, from socket to socket. Measured: 470.
    /// </summary>
    public const double SocketBytes = 495;

    /// <summary>The same where 16 are under way. Measured: 465.</summary>
    public const double SocketBytesTogether = 490;

    /// <summary>
    /// Processor time of the gateway's process for a message that is alone under way in its pair, in that of a Kestrel WebSocket
    /// for sending one back. Measured: 0.8, single turns far more. What the service does itself shows better where several
    /// are under way.
    /// </summary>
    public const double Echoes = 1.4;

    /// <summary>The same where 16 are under way. Measured: 1.0.</summary>
    public const double EchoesTogether = 1.9;
}
