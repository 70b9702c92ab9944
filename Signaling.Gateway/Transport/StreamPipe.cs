using System.IO.Pipelines;

namespace Signaling.Gateway.Transport;

/// <summary>A stream as a pipe. The stream is not closed with it.</summary>
internal sealed class StreamPipe(Stream stream) : IDuplexPipe
{
    private const int ReadAtOnce = 64 * 1024;

    public PipeReader Input { get; } =
        PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: ReadAtOnce, useZeroByteReads: true, leaveOpen: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
}
