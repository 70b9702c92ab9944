using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Gateway.Transport;

/// <summary>
/// Reads a socket. It has a buffer only while something in it waits for its reader, who goes on within the thread that hears of
/// the socket. What nobody reads stays in the kernel, which slows the other end down.
/// </summary>
internal sealed class SocketInput(SocketConnection connection) : PipeReader, IValueTaskSource<ReadResult>
{
    private const int Least = 16 * 1024;

    private ManualResetValueTaskSourceCore<ReadResult> _pending;
    private CancellationTokenRegistration _cancellation;
    private Readiness _socket = new();
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _hasNews; // that the reader has not examined
    private bool _hasEnded;
    private bool _isCompleted;
    private volatile bool _isCancelled;
    private IOException? _broken;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ReadResult>(cancellationToken);

        _pending.Reset();
        if (TryReadElseWait(out var result))
            return new ValueTask<ReadResult>(result);

        if (cancellationToken.CanBeCanceled)
            _cancellation = cancellationToken.UnsafeRegister(static (input, token) => ((SocketInput)input!).Stop(token), this);
        return new ValueTask<ReadResult>(this, _pending.Version);
    }

    public override bool TryRead(out ReadResult result)
    {
        if (_isCompleted)
            throw new InvalidOperationException("The reader is completed.");

        var isCancelled = _isCancelled;
        if (isCancelled)
            _isCancelled = false;
        else if (!_hasNews && !_hasEnded && !Receive())
            return Nothing(out result);

        result = Result(isCancelled);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_buffer is null)
            return; // nothing was handed out

        _start = consumed.GetInteger();
        _hasNews = examined.GetInteger() < _end;
        ReleaseIfEmpty();
    }

    public override void CancelPendingRead()
    {
        _isCancelled = true;
        GoOnElsewhere();
    }

    public override void Complete(Exception? exception = null) => _isCompleted = true;

    /// <summary>There may be something to read.</summary>
    public void Happened()
    {
        if (_socket.Signal())
            GoOn();
    }

    /// <summary>Lets a reader hear at once that the connection is aborted.</summary>
    public void Abort() => GoOnElsewhere();

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        _cancellation.Dispose();
        return _pending.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _pending.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _pending.OnCompleted(continuation, state, token, flags);

    private static bool Nothing(out ReadResult result)
    {
        result = default;
        return false;
    }

    /// <returns>Whether there is a result. Else whoever has one for the reader completes what it waits for.</returns>
    private bool TryReadElseWait(out ReadResult result)
    {
        while (!TryRead(out result))
        {
            // Who cancels or aborts leaves its word first, and then looks for somebody who waits.
            if (_socket.TryWait() && !((_isCancelled || connection.IsAborted) && _socket.TryStop()))
                return false;
        }

        return true;
    }

    private void GoOn()
    {
        ReadResult result;
        try
        {
            if (!TryReadElseWait(out result))
                return;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            _pending.SetException(e);
            return;
        }

        _pending.SetResult(result);
    }

    private void GoOnElsewhere()
    {
        if (_socket.TryStop())
            ThreadPool.UnsafeQueueUserWorkItem(static input => input.GoOn(), this, preferLocal: false);
    }

    private void Stop(CancellationToken token)
    {
        if (_socket.TryStop())
            _pending.SetException(new OperationCanceledException(token));
    }

    /// <returns>Whether there is something for the reader.</returns>
    private bool Receive()
    {
        if (connection.IsAborted)
            throw connection.Aborted();
        if (_broken is not null)
            throw _broken;
        if (!_socket.TryTake())
            return false;

        var room = MakeRoom();
        var count = connection.Receive(room.Span, out var error);
        switch (error)
        {
            case SocketError.Success when count > 0:
                _end += count;
                _hasNews = true;

                // With less than there was room for the kernel has no more, and tells of what comes. Of an end it has told.
                if (count == room.Length || connection.HasEnded)
                    _socket.PutBack();
                return true;
            case SocketError.Success:
                _hasEnded = true;
                break;
            case SocketError.WouldBlock:
                break;
            default:
                _broken = new ConnectionResetException(new SocketException((int)error).Message);
                ReleaseIfEmpty();
                throw _broken;
        }

        ReleaseIfEmpty();
        return _hasEnded;
    }

    private ReadResult Result(bool isCancelled) => new(
        _buffer is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(_buffer, _start, _end - _start), isCancelled, _hasEnded);

    private Memory<byte> MakeRoom()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Least);
            (_start, _end) = (0, 0);
        }
        else if (_buffer.Length - _end < Least / 2)
        {
            var kept = _buffer.AsSpan(_start, _end - _start);
            var next = kept.Length > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
            kept.CopyTo(next);
            (_start, _end) = (0, kept.Length);
            if (next != _buffer)
                ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = next;
        }

        return _buffer.AsMemory(_end);
    }

    private void ReleaseIfEmpty()
    {
        if (_start != _end || _buffer is null)
            return;

        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _hasNews = false;
    }
}
