using System.Diagnostics.CodeAnalysis;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// The frames that wait for a peer's socket, bounded in bytes, and the word on who writes: the one whose frame finds no
/// writer at work becomes the writer, until nothing waits.
/// </summary>
/// <param name="limit">Most bytes that may wait, counting what a frame costs besides its bytes.</param>
internal sealed class SendQueue(int limit)
{
    private const int PerFrame = 64;
    private readonly Lock _gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> _frames = new();
    private long _bytes;
    private long _added;
    private long _written;
    private int _inHand;
    private bool _writing;
    private bool _woken;
    private bool _completed;

    /// <summary>What has become of a frame.</summary>
    public enum Added
    {
        /// <summary>It waits; somebody else writes.</summary>
        Queued,

        /// <summary>It waits, and the caller writes.</summary>
        CallerWrites,

        /// <summary>It is dropped: nothing more is taken.</summary>
        Dropped,

        /// <summary>It is dropped, and nothing more is taken, for the peer doesn't read.</summary>
        Overflow,
    }

    /// <summary>
    /// How many frames are done with: those that were taken before the writer said that it had written them, and in the end
    /// those that were dropped too.
    /// </summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Adds a frame.</summary>
    public Added Add(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            _added++;
            if (_completed)
            {
                CountDropped();
                return Added.Dropped;
            }

            if (_bytes > 0 && _bytes + frame.Length + PerFrame > limit)
            {
                DropAll();
                return Added.Overflow;
            }

            _frames.Enqueue(frame);
            _bytes += frame.Length + PerFrame;
            return BecomeWriter();
        }
    }

    /// <summary>Says that there is something to write besides the frames.</summary>
    public Added Wake()
    {
        lock (_gate)
        {
            if (_completed)
                return Added.Dropped;

            _woken = _writing;
            return BecomeWriter();
        }
    }

    /// <summary>Takes no more frames.</summary>
    /// <returns>Whether the caller has to write, if only what comes last.</returns>
    public Added Complete()
    {
        lock (_gate)
        {
            if (_completed)
                return Added.Dropped;

            _completed = true;
            return BecomeWriter();
        }
    }

    /// <summary>Takes no more frames, and drops those that wait. For the writer: those that it has in its hand are dropped too.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _inHand = 0;
            DropAll();
        }
    }

    /// <summary>The writer's next frame, if one waits.</summary>
    public bool TryTake([NotNullWhen(true)] out ReadOnlyMemory<byte>? frame)
    {
        lock (_gate)
        {
            frame = null;
            if (!_frames.TryDequeue(out var next))
                return false;

            _inHand++;
            _bytes -= next.Length + PerFrame;
            frame = next;
            return true;
        }
    }

    /// <summary>The frames that the writer has taken are written.</summary>
    /// <param name="last">Whether no more can come.</param>
    /// <returns>Whether nothing waits; the caller then no longer writes.</returns>
    public bool TryEnd(out bool last)
    {
        lock (_gate)
        {
            Volatile.Write(ref _written, _written + _inHand);
            _inHand = 0;
            last = _completed;
            if (_frames.Count > 0 || (_woken && !_completed))
            {
                _woken = false;
                return false;
            }

            if (_completed)
                CountDropped();
            _writing = false;
            return true;
        }
    }

    private Added BecomeWriter()
    {
        if (_writing)
            return Added.Queued;

        _writing = true;
        return Added.CallerWrites;
    }

    private void DropAll()
    {
        _completed = true;
        _frames.Clear();
        _bytes = 0;
        CountDropped();
    }

    /// <summary>Those that were dropped came last, so they count when all before them do.</summary>
    private void CountDropped()
    {
        if (_frames.Count == 0 && _inHand == 0)
            Volatile.Write(ref _written, _added);
    }
}
