using Signaling.Actors.Protocol;
using Signaling.Tests.Cluster;
using Signaling.Tests.Peers;

namespace Signaling.Tests.Floods;

/// <summary>Holders of addresses that read nothing, and guests that go on saying things to them.</summary>
internal sealed class SlowReaderFlood : IFlood
{
    private const int Readers = 1_000;
    private const int PerSource = 50;
    private const int ReceiveBuffer = 4096;
    private const short Link = 1;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private static int _turns;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<BarePeer> _readers = [];
    private readonly List<BarePeer> _senders = [];
    private Task _sending = Task.CompletedTask;
    private long _done;

    public long Done => Interlocked.Read(ref _done);

    public static async Task<IFlood> StartAsync(NodeProcess node)
    {
        var flood = new SlowReaderFlood();
        var turn = Interlocked.Increment(ref _turns);
        await Parallel.ForAsync(0, Readers, new ParallelOptions { MaxDegreeOfParallelism = 16 }, (i, _) => flood.AddAsync(node, $"slow {turn} {i}", i));
        flood._sending = Task.WhenAll(flood._senders.Select(flood.SendAsync));
        return flood;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var peer in _readers.Concat(_senders))
            peer.Dispose();
        await _sending;
        _stop.Dispose();
    }

    private async ValueTask AddAsync(NodeProcess node, string address, int number)
    {
        var source = Sources.Of(number / PerSource);
        var reader = await BarePeer.ConnectAsync(node.WebSocket, "/callapp", source, ReceiveBuffer);
        var reserve = Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address);
        await reader.SendAsync(reserve);
        await reader.ReadAsync();
        var sender = await BarePeer.ConnectAsync(node.WebSocket, "/callapp", source);
        await sender.SendAsync(Frame.Of(EventType.NewConnection, Link, address));
        await sender.ReadAsync();
        lock (_readers)
        {
            _readers.Add(reader);
            _senders.Add(sender);
        }
    }

    private async Task SendAsync(BarePeer sender)
    {
        var message = Frame.Of(EventType.ReliableMessageReceived, Link, new byte[16 * 1024]);
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await sender.SendAsync(message);
                Interlocked.Increment(ref _done);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Its socket was closed.
        }
    }
}
