using Signaling.Actors.Protocol;

namespace Signaling.Actors.Connections;

/// <summary>What has gone over one end of a link so far: how much, never what.</summary>
public sealed class LinkTraffic
{
    /// <summary>Messages of the peer.</summary>
    public Count SentReliable { get; private set; }

    /// <summary>Messages of the peer that may be lost on the direct way; here none is.</summary>
    public Count SentUnreliable { get; private set; }

    /// <summary>Messages for the peer.</summary>
    public Count ReceivedReliable { get; private set; }

    /// <summary>Messages for the peer that may be lost on the direct way.</summary>
    public Count ReceivedUnreliable { get; private set; }

    /// <summary>How long, within the last minute of the link, the peer had to wait for the other end to take what it was sent, in ms.</summary>
    public long HeldUp { get; internal set; }

    /// <summary>All messages of the peer.</summary>
    public Count AllSent => SentReliable.With(SentUnreliable);

    /// <summary>All messages for the peer.</summary>
    public Count AllReceived => ReceivedReliable.With(ReceivedUnreliable);

    internal void Sent(EventType type, int bytes)
    {
        if (type == EventType.ReliableMessageReceived)
            SentReliable = SentReliable.With(bytes);
        else
            SentUnreliable = SentUnreliable.With(bytes);
    }

    internal void Received(EventType type, int bytes)
    {
        if (type == EventType.ReliableMessageReceived)
            ReceivedReliable = ReceivedReliable.With(bytes);
        else
            ReceivedUnreliable = ReceivedUnreliable.With(bytes);
    }
}

/// <summary>How many messages, and of how many bytes together, headers included.</summary>
/// <param name="Messages">The messages.</param>
/// <param name="Bytes">Their bytes.</param>
public readonly record struct Count(long Messages, long Bytes)
{
    internal Count With(Count other) => new(Messages + other.Messages, Bytes + other.Bytes);

    internal Count With(int bytes) => new(Messages + 1, Bytes + bytes);
}
