using BenchmarkDotNet.Attributes;
using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Benchmarks;

/// <summary>The windows of a link: what each frame costs at the end that sends it and at the end that takes it, with its share of the acknowledgement.</summary>
[MemoryDiagnoser]
public class LinkWindows
{
    private const int Frames = 16;
    private const int FrameBytes = 208;

    private static readonly LinkName Link = new(new ConnectionUid(1, 1), 1);
    private static readonly ConnectionUid From = new(1, 1);
    private static readonly ConnectionUid To = new(1, 2);

    private readonly byte[] _data = Frame.Of(EventType.ReliableMessageReceived, 1, new byte[FrameBytes - FrameHeader.DataOffset]);
    private readonly SendWindow _send = new(new Budget());
    private readonly Budget _room = new();
    private LinkFrame[] _frames = [];

    [GlobalSetup]
    public void Make() => _frames = [.. Enumerable.Range(1, Frames).Select(number => new LinkFrame(Link, From, To, number, _data, More: false))];

    [Benchmark(OperationsPerInvoke = Frames)]
    public long Send()
    {
        foreach (var frame in _frames)
            _send.Add(frame, FrameBytes, now: 0);
        _send.Take(new LinkAck(Link, To, From, _send.Next - 1, _send.Next - 1, Full: false), now: 0, out var written);
        return written;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public bool Receive()
    {
        var window = new ReceiveWindow(_room); // its numbers begin at 1, as those of the frames do
        var prompt = false;
        foreach (var frame in _frames)
        {
            window.TryTake(frame, out var whole);
            prompt = window.Wrote(frame.Number, whole.Length);
            _room.Return(whole.Length);
        }

        return prompt;
    }
}
