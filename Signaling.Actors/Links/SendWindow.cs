using Signaling.Actors.Messages;

namespace Signaling.Actors.Links;

/// <summary>
/// What one end of a link has sent: numbered, kept until it is received, and limited by what is not yet written to the
/// other peer's socket.
/// </summary>
/// <param name="budget">Shared by all links of the connection that sends.</param>
public sealed class SendWindow(Budget budget)
{
    /// <summary>Most bytes that may be sent and not yet written, unless a single frame is larger.</summary>
    public const int Size = 256 * 1024;

    /// <summary>How long the other end may be silent about what was sent before it is repeated, in ms.</summary>
    public const long Patience = 500;

    /// <summary>The longest pause between two repeats, in ms.</summary>
    public const long LongestPause = 2_000;

    private const int LittleBytes = Size / 4;

    private readonly Queue<ILinkPart> _unreceived = new();
    private readonly Queue<int> _unwritten = new();
    private long _received;
    private long _written;
    private long _since;
    private long _pause = Patience;
    private bool _repeating;
    private bool _full;

    /// <summary>How many bytes are sent and not yet written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether something sent is not yet received.</summary>
    public bool IsOutstanding => _unreceived.Count > 0;

    /// <summary>The number of what is sent next.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>Whether a frame of that length may be sent now.</summary>
    public bool HasRoomFor(int length) => Bytes == 0 || Bytes + length <= Size;

    /// <summary>Takes what is sent next, under the number <see cref="Next"/>.</summary>
    /// <param name="part">A frame, a piece of one, or the end.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="now">The time in ms.</param>
    /// <returns>Whether it is to be sent now; otherwise it goes when the other end has shown that it takes more.</returns>
    public bool Add(ILinkPart part, int length, long now)
    {
        if (_unreceived.Count == 0)
            Wait(now);

        Next++;
        _unreceived.Enqueue(part);
        _unwritten.Enqueue(length);
        Bytes += length;
        budget.Take(length);
        return !_repeating && !_full;
    }

    /// <summary>The other end says how far it has come.</summary>
    /// <param name="ack">What it says.</param>
    /// <param name="now">The time in ms.</param>
    /// <param name="written">How many bytes have been written since it last said so.</param>
    /// <returns>What is to be sent again at once.</returns>
    public IEnumerable<ILinkPart> Take(LinkAck ack, long now, out long written)
    {
        written = 0;
        if (ack.Received >= Next || ack.Written > ack.Received)
            return [];

        for (; _written < ack.Written; _written++)
            written += _unwritten.Dequeue();
        Bytes -= written;
        budget.Return(written);

        var progress = ack.Received > _received;
        for (; _received < ack.Received; _received++)
            _unreceived.Dequeue();

        if (ack.Received < _received || (!progress && !ack.Full && !_full))
            return [];

        // A sign of life: the next repeat has time.
        var mendable = !ack.Full && (_full || (_repeating && progress));
        _full = ack.Full;
        _repeating = _repeating && !mendable;
        _pause = progress || mendable ? Patience : _pause;
        _since = now;
        return mendable ? _unreceived : [];
    }

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due => _unreceived.Count == 0 ? long.MaxValue : _since + _pause;

    /// <summary>Time has passed.</summary>
    /// <param name="now">The time in ms.</param>
    /// <param name="silent">Whether the other end has been silent for too long: another way may help.</param>
    /// <returns>What is to be sent again.</returns>
    public IEnumerable<ILinkPart> Tick(long now, out bool silent)
    {
        silent = false;
        if (now < Due)
            return [];

        // What is little is all sent at once the first time, so that nothing waits for the confirmation of the first part.
        var all = !_full && _pause == Patience && Bytes <= LittleBytes;
        silent = !_full;
        _repeating = !all;
        _since = now;
        _pause = Math.Min(2 * _pause, LongestPause);
        return all ? _unreceived : [_unreceived.Peek()];
    }

    /// <summary>
    /// The peer waits for room. All may be received, and only the word that it is written be lost; then nothing is repeated
    /// that would bring it again.
    /// </summary>
    /// <param name="now">The time in ms.</param>
    /// <returns>Whether the other end is to be asked how far it has come.</returns>
    public bool TryAsk(long now)
    {
        if (_unreceived.Count > 0 || Bytes == 0 || now < _since + _pause)
            return false;

        (_since, _pause) = (now, Math.Min(2 * _pause, LongestPause));
        return true;
    }

    /// <summary>What was sent may be lost, and the way to the other end is another from now on.</summary>
    /// <param name="now">The time in ms.</param>
    /// <returns>What is to be sent again.</returns>
    public IEnumerable<ILinkPart> SendAgain(long now)
    {
        Wait(now);
        return _full ? [] : _unreceived;
    }

    /// <summary>The link is over: nothing more is sent or kept.</summary>
    public void Close()
    {
        budget.Return(Bytes);
        Bytes = 0;
        _unreceived.Clear();
        _unwritten.Clear();
    }

    private void Wait(long now) => (_since, _pause, _repeating) = (now, Patience, false);
}
