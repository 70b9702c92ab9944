namespace Signaling.Gateway.Limits;

/// <summary>What the socket of each peer looks after itself, in units of the clock: what all of them share.</summary>
internal sealed class PeerLimits
{
    /// <param name="limits">The limits.</param>
    /// <param name="time">The clock.</param>
    public PeerLimits(LimitsInForce limits, TimeProvider time)
    {
        Time = time;
        FirstMessageTime = limits.FirstMessageTime;
        (PerMessage, MessagesAhead) = Units(limits.Messages);
        (PerByte, BytesAhead) = Units(limits.Bytes);

        (double PerOne, long Ahead) Units(RateLimit? limit)
        {
            if (limit is null)
                return (0, 0);
            var perOne = (double)time.TimestampFrequency / limit.PerSecond;
            return (perOne, (long)(perOne * limit.Burst));
        }
    }

    public TimeProvider Time { get; }

    /// <summary>How long a socket may take to send its first message; null: for ever.</summary>
    public TimeSpan? FirstMessageTime { get; }

    /// <summary>How long a message takes at the allowed rate; 0: there is no limit.</summary>
    public double PerMessage { get; }

    /// <summary>How far messages may be ahead of that.</summary>
    public long MessagesAhead { get; }

    /// <summary>How long a byte takes at the allowed rate; 0: there is no limit.</summary>
    public double PerByte { get; }

    /// <summary>How far bytes may be ahead of that.</summary>
    public long BytesAhead { get; }
}
