using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Tests.Fuzzing;

/// <summary>A connection in memory, whose server goes on within the thread that sends.</summary>
internal sealed class MemoryEnd : FarEnd
{
    private static readonly PipeOptions AtOnce = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false);

    private readonly Pipe _in = new(AtOnce);
    private readonly Pipe _out = new(AtOnce);
    private volatile bool _isOver;

    public MemoryEnd() => Connection = new ServerEnd(this);

    public override ConnectionContext Connection { get; }

    public override bool IsCutByEnd => false;

    public override async ValueTask SendAsync(byte[] bytes)
    {
        try
        {
            if (!_isOver)
                await _in.Writer.WriteAsync(bytes);
        }
        catch (InvalidOperationException) when (_isOver)
        {
            // The server has dropped it at the same time.
        }
    }

    public override void End()
    {
        _isOver = true;
        _in.Writer.Complete();
    }

    public override void Break()
    {
        _isOver = true;
        _in.Writer.Complete(new ConnectionResetException("The peer has broken it."));
        _out.Reader.Complete();
    }

    public override async Task<byte[]> ReceiveAllAsync()
    {
        await _out.Writer.CompleteAsync();
        var all = await _out.Reader.ReadAtLeastAsync(int.MaxValue);
        return all.Buffer.ToArray();
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class ServerEnd : DefaultConnectionContext
    {
        private readonly MemoryEnd _end;

        public ServerEnd(MemoryEnd end)
        {
            _end = end;
            Transport = new Duplex(end._in.Reader, end._out.Writer);
        }

        public override void Abort(ConnectionAbortedException abortReason)
        {
            _end._isOver = true;
            _end._in.Writer.Complete(abortReason);
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
