using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace Signaling.Gateway.ClusterPort;

/// <summary>
/// Messages on their way into a connection. Whoever has one puts it in, one writer takes them out in their order, as many at
/// once as there are: on the thread that has put one in, as far as the connection takes them without waiting.
/// </summary>
internal sealed class Outbox
{
    /// <summary>What waits at most, in bytes, before messages find no room.</summary>
    public const int Room = 32 * 1024 * 1024;

    private const int TlsRecord = 16 * 1024;
    private const int MostAtOnce = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Pipe _pipe = new(new PipeOptions(
        readerScheduler: PipeScheduler.Inline, // whoever puts something in writes it, unless another is at it
        pauseWriterThreshold: 0, // it never holds a writer up; what finds no room is told so
        minimumSegmentSize: TlsRecord,
        useSynchronizationContext: false));

    private long _waiting;
    private bool _closed;

    /// <summary>Whether nothing is taken any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
                return _closed;
        }
    }

    /// <summary>Puts a message in.</summary>
    /// <returns>Whether it was taken. If not, nothing of it will be sent.</returns>
    public bool TryAdd(ByteString message)
    {
        lock (_gate)
        {
            if (_closed || Interlocked.Read(ref _waiting) > Room)
                return false;

            BinaryPrimitives.WriteInt32LittleEndian(_pipe.Writer.GetSpan(FrameReader.Header), message.Length);
            _pipe.Writer.Advance(FrameReader.Header);
            message.Span.CopyTo(_pipe.Writer.GetSpan(message.Length));
            _pipe.Writer.Advance(message.Length);
            Interlocked.Add(ref _waiting, FrameReader.Header + message.Length);
            _ = _pipe.Writer.FlushAsync(CancellationToken.None).AsTask(); // it holds nobody up, so it is done when it returns
            return true;
        }
    }

    /// <summary>Takes no more; what is in it is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closed)
                return;

            _closed = true;
            _pipe.Writer.Complete();
        }
    }

    /// <summary>Writes all that comes, until it is closed and empty.</summary>
    public async Task WriteToAsync(PipeWriter output)
    {
        try
        {
            while (true)
            {
                var read = await _pipe.Reader.ReadAsync();
                foreach (var segment in read.Buffer)
                {
                    output.Write(segment.Span);
                    if (output.UnflushedBytes >= MostAtOnce)
                        await FlushAsync(output);
                }

                await FlushAsync(output);
                Interlocked.Add(ref _waiting, -read.Buffer.Length);
                _pipe.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return;
            }
        }
        finally
        {
            Close();
            await _pipe.Reader.CompleteAsync();
        }
    }

    private static async ValueTask FlushAsync(PipeWriter output)
    {
        if ((await output.FlushAsync()).IsCompleted)
            throw new IOException("The connection has ended.");
    }
}
