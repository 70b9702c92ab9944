namespace Signaling.Gateway.Limits;

/// <summary>
/// How far a peer is ahead of what it may send: the moments at which what it has sent would be through at the allowed rates. Two
/// numbers, since each peer has them (a token bucket told in time, known as GCRA).
/// </summary>
internal struct PeerPace
{
    private long _messages;
    private long _bytes;

    /// <summary>Begins to count what has come at a moment.</summary>
    public void Begin(long now)
    {
        _messages = Math.Max(_messages, now);
        _bytes = Math.Max(_bytes, now);
    }

    /// <summary>Counts a message, of any kind.</summary>
    /// <returns>Whether the next one may be taken at once.</returns>
    public bool CountMessage(PeerLimits limits, long now)
    {
        _messages += (long)limits.PerMessage;
        return _messages - now <= limits.MessagesAhead;
    }

    /// <summary>Counts bytes.</summary>
    public void CountBytes(PeerLimits limits, long bytes) => _bytes += (long)(bytes * limits.PerByte);

    /// <summary>How long nothing more may be taken; 0 or less: something may.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="now">The moment.</param>
    /// <param name="limit">Which of the limits asks for it.</param>
    public readonly long Wait(PeerLimits limits, long now, out string limit)
    {
        var (messages, bytes) = (_messages - now - limits.MessagesAhead, _bytes - now - limits.BytesAhead);
        limit = messages >= bytes ? LimitNames.MessagesPerSecond : LimitNames.BytesPerSecond;
        return Math.Max(messages, bytes);
    }
}
