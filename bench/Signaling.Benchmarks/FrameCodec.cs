using BenchmarkDotNet.Attributes;
using Signaling.Actors.Protocol;

namespace Signaling.Benchmarks;

/// <summary>The messages of a peer's socket: read once for each that comes, written for each that the service says itself.</summary>
[MemoryDiagnoser]
public class FrameCodec
{
    private readonly byte[] _data = Frame.Of(EventType.ReliableMessageReceived, 1, new byte[200]);
    private readonly byte[] _reserve = Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "a room with a name of some length");
    private FrameHeader _header;

    [GlobalSetup]
    public void Read() => FrameHeader.TryRead(_reserve, out _header);

    [Benchmark]
    public bool ReadHeaderAndRewriteId()
    {
        var isFrame = FrameHeader.TryRead(_data, out var header);
        FrameHeader.RewriteId(_data, (short)(header.Id + 1));
        return isFrame;
    }

    [Benchmark]
    public string ReadAddress() => Frame.ReadString(_reserve, _header);

    [Benchmark]
    public byte[] WriteWithoutData() => Frame.Of(EventType.NewConnection, 16384);

    [Benchmark]
    public string KeyOfAddress() => AddressKey.Of("/callapp", "a room with a name of some length");
}
