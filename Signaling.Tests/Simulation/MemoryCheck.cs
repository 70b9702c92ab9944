using Signaling.Actors.Links;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>
/// Invariant I5 for one connection: what it has sent over its links and other peers' transports have not taken, what waits
/// for its own, and what it has been handed and has not dealt with are bounded. And nothing is called written before it is.
/// </summary>
/// <param name="connection">The connection.</param>
internal sealed class MemoryCheck(SimConnection connection)
{
    private const int Control = 64 * 1024; // what the server itself says to the peer
    private const int Credit = 64 * 1024;
    private readonly Dictionary<LinkName, long> _written = [];
    private long _sent;
    private long _unconsumed;

    public bool HasCredit => _unconsumed < Credit;

    /// <summary>When something was last dropped for want of room, in ms.</summary>
    public long FullAt { get; private set; } = -100_000;

    public void Handed(int length) => _unconsumed += length + 64;

    public void Consumed(int length)
    {
        _unconsumed -= length + 64;
        if (_unconsumed < 0)
            throw new InvariantException("I5", $"{connection} says that it has dealt with more than it was handed.");
    }

    /// <summary>A frame of the peer goes on its way.</summary>
    public void Sent(PeerLink link, int length)
    {
        if (link.OtherHasEnded || link.IsOver)
            return;

        link.Unwritten += length;
        _sent += length;
        if (link.Unwritten > Math.Max(SendWindow.Size, length))
            throw new InvariantException("I5", $"{link} has sent {link.Unwritten} bytes that are not written.");
        if (_sent > Math.Max(Budget.Limit, length))
            throw new InvariantException("I5", $"{connection} has sent {_sent} bytes that are not written.");
    }

    /// <summary>A frame of another peer's link is handed to the transport, or dropped with the socket.</summary>
    public void Wrote(PeerLink from, SentName name, int length)
    {
        _written[name.Link] = name.Number;
        from.Owner.Connection.Memory.Unsent(from, length);
    }

    /// <summary>A link is over here or at its other end: what was sent over it is kept no more.</summary>
    public void Over(PeerLink link)
    {
        _sent -= link.Unwritten;
        link.Unwritten = 0;
    }

    /// <summary>Something waits for the socket.</summary>
    /// <param name="bytes">All that waits for it now.</param>
    /// <param name="length">The length of what came last.</param>
    public void Waits(long bytes, int length)
    {
        if (bytes > Math.Max(Budget.Limit, length) + Control)
            throw new InvariantException("I5", $"{bytes} bytes wait for the socket of {connection}.");
    }

    /// <summary>This end tells the other how far it is.</summary>
    public void Acknowledged(LinkAck ack, long now)
    {
        if (ack.Full)
            FullAt = now;
        if (ack.Written > 0 && _written.GetValueOrDefault(ack.Link) < ack.Written && IsOpen(ack.Link))
            throw new InvariantException("I5", $"{connection} acknowledges {ack} and has handed the transport {_written.GetValueOrDefault(ack.Link)} of it.");
    }

    // What comes after its own end it takes and drops.
    private bool IsOpen(LinkName name) =>
        connection.Node.World.Named.TryGetValue((name, connection.Uid), out var link) && !link.IsOver && !connection.HasClosed;

    private void Unsent(PeerLink link, int length)
    {
        var bytes = Math.Min(length, link.Unwritten);
        link.Unwritten -= bytes;
        _sent -= bytes;
    }
}
