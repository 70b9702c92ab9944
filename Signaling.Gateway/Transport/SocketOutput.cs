using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Signaling.Gateway.Transport;

/// <summary>
/// Writes to a socket: all that is flushed at once is sent at once, by the thread that flushes it. Only where the kernel has no
/// room the flush waits for the thread that hears of the socket. It has a buffer only while something is to be sent.
/// </summary>
internal sealed class SocketOutput(SocketConnection connection) : PipeWriter, IValueTaskSource<FlushResult>
{
    private const int Least = 8 * 1024;

    private ManualResetValueTaskSourceCore<FlushResult> _pending;
    private CancellationTokenRegistration _cancellation;
    private Readiness _socket = new();
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _asksForRoom;
    private bool _isGone; // nothing can be sent any more
    private bool _isCompleted;
    private volatile bool _isCancelled;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _end - _start;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsMemory(_end);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _buffer.AsSpan(_end);
    }

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)((_buffer?.Length ?? 0) - _end), nameof(bytes));
        _end += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<FlushResult>(cancellationToken);

        _pending.Reset();
        if (TryFlushElseWait(out var result))
            return new ValueTask<FlushResult>(result);

        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (output, token) => ((SocketOutput)output!).Stop(token), this);
        return new ValueTask<FlushResult>(this, _pending.Version);
    }

    public override void CancelPendingFlush()
    {
        _isCancelled = true;
        GoOnElsewhere();
    }

    public override void Complete(Exception? exception = null)
    {
        if (_isCompleted)
            return;

        if (exception is null && !connection.IsAborted)
            Send();
        _isCompleted = true;
        connection.EndOutput();
    }

    /// <summary>There may be room to write.</summary>
    public void Happened()
    {
        if (_socket.Signal())
            GoOn();
    }

    /// <summary>Lets a writer hear at once that the connection is aborted.</summary>
    public void Abort() => GoOnElsewhere();

    FlushResult IValueTaskSource<FlushResult>.GetResult(short token)
    {
        _cancellation.Dispose();
        return _pending.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<FlushResult>.GetStatus(short token) => _pending.GetStatus(token);

    void IValueTaskSource<FlushResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _pending.OnCompleted(continuation, state, token, flags);

    private bool TryFlushElseWait(out FlushResult result)
    {
        while (!TryFlush(out result))
        {
            // Who cancels or aborts leaves its word first, and then looks for somebody who waits.
            if (_socket.TryWait() && !((_isCancelled || connection.IsAborted) && _socket.TryStop()))
                return false;
        }

        return true;
    }

    private bool TryFlush(out FlushResult result)
    {
        var isCancelled = _isCancelled;
        if (isCancelled)
            _isCancelled = false;
        else if (!Send())
        {
            result = default;
            return false;
        }

        result = new FlushResult(isCancelled, _isGone);
        return true;
    }

    private void GoOn()
    {
        if (TryFlushElseWait(out var result))
            _pending.SetResult(result);
    }

    private void GoOnElsewhere()
    {
        if (_socket.TryStop())
            ThreadPool.UnsafeQueueUserWorkItem(static output => output.GoOn(), this, preferLocal: false);
    }

    private void Stop(CancellationToken token)
    {
        if (_socket.TryStop())
            _pending.SetException(new OperationCanceledException(token));
    }

    /// <returns>Whether nothing is left to be sent.</returns>
    private bool Send()
    {
        _isGone |= connection.IsAborted || _isCompleted;
        while (_start < _end && !_isGone)
        {
            if (!_socket.TryTake())
                return false;

            var count = connection.Send(_buffer.AsSpan(_start, _end - _start), out var error);
            switch (error)
            {
                case SocketError.Success:
                    _start += count;
                    _socket.PutBack();
                    break;
                case SocketError.WouldBlock when !_asksForRoom:
                    _asksForRoom = true;
                    connection.AskForRoom(); // tells of room that has come meanwhile too
                    break;
                case SocketError.WouldBlock:
                    return false;
                default:
                    _isGone = true;
                    break;
            }
        }

        Release();
        return true;
    }

    private void MakeRoom(int sizeHint)
    {
        var least = Math.Max(sizeHint, 1);
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(least, Least));
            (_start, _end) = (0, 0);
        }
        else if (_buffer.Length - _end < least)
        {
            var kept = _buffer.AsSpan(_start, _end - _start);
            var next = ArrayPool<byte>.Shared.Rent(Math.Max(kept.Length + least, _buffer.Length * 2));
            kept.CopyTo(next);
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end) = (next, 0, kept.Length);
        }
    }

    private void Release()
    {
        // Whoever completes the output may meet who sends the last of it.
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        (_start, _end) = (0, 0);
    }
}
