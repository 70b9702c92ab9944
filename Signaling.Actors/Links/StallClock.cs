namespace Signaling.Actors.Links;

/// <summary>
/// Adds up for how long a link has kept its sender's socket unread within the last minute. Time in which the receiver
/// takes something does not count, or no large transfer would ever be finished.
/// </summary>
public sealed class StallClock
{
    /// <summary>The time that is looked back on, in ms.</summary>
    public const long Span = 60_000;

    /// <summary>A wait that ends within that time is no stall, in ms.</summary>
    public const long Grace = 250;

    /// <summary>So many bytes written end a stall; fewer are a trickle.</summary>
    public const int Progress = 4 * 1024;

    private Queue<(long From, long Length)>? _stalls;
    private long _waitingSince = -1;
    private long _written;

    /// <summary>The sender waits for the link.</summary>
    public void Wait(long now)
    {
        if (_waitingSince >= 0)
            return;

        (_waitingSince, _written) = (now, 0);
    }

    /// <summary>Something of the link was written to the receiver's socket.</summary>
    public void Wrote(long bytes, long now)
    {
        _written += bytes;
        if (_waitingSince >= 0 && _written >= Progress)
        {
            Count(now);
            (_waitingSince, _written) = (now, 0);
        }
    }

    /// <summary>The sender no longer waits for it.</summary>
    public void Resume(long now)
    {
        if (_waitingSince < 0)
            return;

        Count(now);
        _waitingSince = -1;
    }

    /// <summary>How long the link has stalled within the last minute, in ms.</summary>
    public long Total(long now)
    {
        var total = _waitingSince < 0 || now - _waitingSince <= Grace ? 0 : now - _waitingSince;
        if (_stalls is null)
            return total;

        while (_stalls.TryPeek(out var oldest) && oldest.From + oldest.Length <= now - Span)
            _stalls.Dequeue();
        foreach (var (from, length) in _stalls)
            total += Math.Min(length, from + length - (now - Span));
        return total;
    }

    private void Count(long now)
    {
        if (now - _waitingSince > Grace)
            (_stalls ??= []).Enqueue((_waitingSince, now - _waitingSince));
    }
}
