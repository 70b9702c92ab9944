using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>A connection in memory. Its client says that nothing more comes when the server has dealt with all and waits for more.</summary>
internal sealed class MemoryConnection : DefaultConnectionContext
{
    private static readonly PipeOptions Options = new(pauseWriterThreshold: 0, useSynchronizationContext: false);

    private readonly Lock _gate = new();
    private readonly Pipe _in = new(Options);
    private readonly Pipe _out = new(Options);
    private readonly CancellationTokenSource _closed = new();
    private Task? _waiting;
    private volatile bool _isAborted;
    private bool _isAllSaid;

    public MemoryConnection(EndPoint local, EndPoint remote)
    {
        (LocalEndPoint, RemoteEndPoint) = (local, remote);
        ConnectionId = "memory";
        ConnectionClosed = _closed.Token;
        Transport = new Duplex(new WatchedReader(this), _out.Writer);
    }

    /// <summary>Says something in pieces, and returns all that is answered until the connection ends.</summary>
    /// <param name="said">The pieces.</param>
    /// <param name="others">Whose end it waits for before it says that nothing more comes.</param>
    public async Task<byte[]> TalkAsync(IEnumerable<byte[]> said, Task others)
    {
        try
        {
            foreach (var piece in said)
            {
                if (_closed.IsCancellationRequested || (await _in.Writer.WriteAsync(piece)).IsCompleted)
                    break;
            }
        }
        catch (InvalidOperationException) when (_isAborted)
        {
            // The server has hung up at the same time.
        }

        await others;
        lock (_gate)
        {
            _isAllSaid = true;
            EndIfAwaited();
        }

        var all = await _out.Reader.ReadAtLeastAsync(int.MaxValue);
        var answer = all.Buffer.ToArray();
        await _out.Reader.CompleteAsync();
        return answer;
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _isAborted = true;
        _in.Writer.Complete(abortReason);
        _out.Writer.Complete();
        _closed.Cancel();
    }

    public override async ValueTask DisposeAsync()
    {
        await _in.Reader.CompleteAsync();
        await _out.Writer.CompleteAsync();
        await _closed.CancelAsync();
        await base.DisposeAsync();
    }

    private void EndIfAwaited()
    {
        if (_isAllSaid && _waiting is { IsCompleted: false })
            _in.Writer.Complete();
    }

    private ValueTask<ReadResult> ReadAsync(CancellationToken cancellation)
    {
        var reading = _in.Reader.ReadAsync(cancellation);
        if (reading.IsCompleted)
            return reading;

        var waiting = reading.AsTask();
        lock (_gate)
        {
            _waiting = waiting;
            EndIfAwaited();
        }

        return new ValueTask<ReadResult>(waiting);
    }

    private sealed class WatchedReader(MemoryConnection connection) : PipeReader
    {
        private readonly PipeReader _reader = connection._in.Reader;

        public override void AdvanceTo(SequencePosition consumed) => _reader.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => _reader.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => _reader.CancelPendingRead();

        public override void Complete(Exception? exception = null) => _reader.Complete(exception);

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => connection.ReadAsync(cancellationToken);

        public override bool TryRead(out ReadResult result) => _reader.TryRead(out result);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
