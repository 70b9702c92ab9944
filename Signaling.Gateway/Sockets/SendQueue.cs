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
    private bool _writing;
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

    /// <summary>Adds a frame.</summary>
    public Added Add(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            if (_completed)
                return Added.Dropped;
            if (_bytes > 0 && _bytes + frame.Length + PerFrame > limit)
            {
                _completed = true;
                _frames.Clear();
                return Added.Overflow;
            }

            _frames.Enqueue(frame);
            _bytes += frame.Length + PerFrame;
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

    /// <summary>The writer's next frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="last">Where there is none: whether none can come any more.</param>
    /// <returns>False where there is none; the caller then no longer writes.</returns>
    public bool TryTake([NotNullWhen(true)] out ReadOnlyMemory<byte>? frame, out bool last)
    {
        lock (_gate)
        {
            last = _completed;
            if (_frames.TryDequeue(out var next))
            {
                _bytes -= next.Length + PerFrame;
                frame = next;
                return true;
            }

            _writing = false;
            frame = null;
            return false;
        }
    }

    private Added BecomeWriter()
    {
        if (_writing)
            return Added.Queued;

        _writing = true;
        return Added.CallerWrites;
    }
}
