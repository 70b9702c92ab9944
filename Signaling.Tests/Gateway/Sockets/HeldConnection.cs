using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>A connection whose writes are done when the test says so.</summary>
internal sealed class HeldConnection : ConnectionContext, IDuplexPipe
{
    private readonly HeldWriter _output = new();

    /// <summary>Whether writes wait for <see cref="Finish"/>.</summary>
    public bool Holds
    {
        get => _output.Holds;
        set => _output.Holds = value;
    }

    /// <summary>The messages of all writes that have begun.</summary>
    public IReadOnlyList<byte[]> Sent => _output.Messages;

    /// <summary>How many writes have begun.</summary>
    public int Writes => _output.Writes;

    /// <summary>The reason of the close frame.</summary>
    public Task<string> Closed => _output.Closed;

    /// <summary>Whether it was dropped.</summary>
    public bool IsAborted { get; private set; }

    public override IDuplexPipe Transport
    {
        get => this;
        set => throw new NotSupportedException();
    }

    public PipeReader Input { get; } = new Pipe().Reader;

    public PipeWriter Output => _output;

    public override string ConnectionId { get; set; } = "held";

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    /// <summary>Lets the oldest write that waits be done.</summary>
    public void Finish() => _output.Finish();

    public override void Abort(ConnectionAbortedException abortReason)
    {
        IsAborted = true;
        _output.Break();
    }

    private sealed class HeldWriter : PipeWriter
    {
        private readonly Lock _gate = new();
        private readonly ArrayBufferWriter<byte> _buffer = new();
        private readonly Queue<TaskCompletionSource<FlushResult>> _waiting = new();
        private readonly List<byte[]> _messages = [];
        private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isBroken;

        public bool Holds { get; set; }

        public int Writes { get; private set; }

        public Task<string> Closed => _closed.Task;

        public IReadOnlyList<byte[]> Messages
        {
            get
            {
                lock (_gate)
                    return [.. _messages];
            }
        }

        public override void Advance(int bytes) => _buffer.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            lock (_gate)
            {
                if (_isBroken)
                    return ValueTask.FromResult(new FlushResult(isCanceled: false, isCompleted: true));

                Writes += _buffer.WrittenCount > 0 ? 1 : 0;
                ReadFrames(_buffer.WrittenSpan);
                _buffer.ResetWrittenCount();
                if (!Holds)
                    return ValueTask.FromResult(default(FlushResult));

                var write = new TaskCompletionSource<FlushResult>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(write);
                return new ValueTask<FlushResult>(write.Task);
            }
        }

        public void Finish()
        {
            lock (_gate)
                _waiting.Dequeue().SetResult(default);
        }

        public void Break()
        {
            lock (_gate)
            {
                _isBroken = true;
                while (_waiting.TryDequeue(out var write))
                    write.SetResult(new FlushResult(isCanceled: false, isCompleted: true));
            }
        }

        public override void CancelPendingFlush() => throw new NotSupportedException();

        public override void Complete(Exception? exception = null)
        {
        }

        private void ReadFrames(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                var (head, length) = bytes[1] switch
                {
                    126 => (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
                    127 => (10, (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
                    var small => (2, small),
                };
                var payload = bytes.Slice(head, length);
                if (bytes[0] == 0x82)
                    _messages.Add(payload.ToArray());
                if (bytes[0] == 0x88)
                    _closed.SetResult(Encoding.UTF8.GetString(payload[2..]));
                bytes = bytes[(head + length)..];
            }
        }
    }
}
