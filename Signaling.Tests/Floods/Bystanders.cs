using System.Buffers.Binary;
using System.Net;
using Signaling.Actors.Protocol;
using Signaling.Tests.Faults;

namespace Signaling.Tests.Floods;

/// <summary>Pairs of peers that behave while others don't. Each guest says something often, and each holder notes how long that took.</summary>
internal sealed class Bystanders : IPeerEvents, IAsyncDisposable
{
    private const int Pairs = 16;
    private const short Link = 1;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Not where those come from who flood.
    private static readonly IPAddress From = IPAddress.Parse("127.0.0.2");

    private readonly List<FaultPeer> _guests = [];
    private readonly List<FaultPeer> _holders = [];
    private readonly List<TimeSpan> _ways = [];
    private readonly SemaphoreSlim _answers = new(0);
    private readonly CancellationTokenSource _stop = new();
    private Task _speaking = Task.CompletedTask;
    private long _said;
    private long _heard;
    private int _ended;

    /// <summary>How many sockets they have.</summary>
    public static int Sockets => 2 * Pairs;

    /// <summary>How many of their sockets have ended, which none has a reason for.</summary>
    public int Ended => Volatile.Read(ref _ended);

    /// <summary>Connects them, pair by pair, and has them speak.</summary>
    /// <param name="app">Their app.</param>
    public static async Task<Bystanders> StartAsync(Uri app)
    {
        var them = new Bystanders();
        for (var i = 0; i < Pairs; i++)
        {
            them._holders.Add(await them.ComeAsync(app, Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, $"bystander {i}")));
            them._guests.Add(await them.ComeAsync(app, Frame.Of(EventType.NewConnection, Link, $"bystander {i}")));
        }

        them._speaking = them.SpeakAsync();
        return them;
    }

    /// <summary>The time that 99 of 100 messages take at most, over a while from now on.</summary>
    public async Task<TimeSpan> MeasureAsync(TimeSpan time)
    {
        lock (_ways)
            _ways.Clear();
        await Task.Delay(time);
        lock (_ways)
        {
            _ways.Sort();
            return _ways.Count == 0 ? time : _ways[_ways.Count * 99 / 100];
        }
    }

    /// <summary>Lets them fall silent.</summary>
    /// <returns>How many of their messages have not arrived.</returns>
    public async Task<long> StopAsync()
    {
        await _stop.CancelAsync();
        await _speaking;
        var since = Moment.Now;
        using var again = new PeriodicTimer(Interval);
        while (Interlocked.Read(ref _heard) < _said && since.Ago < Patience)
            await again.WaitForNextTickAsync();
        return _said - Interlocked.Read(ref _heard);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _speaking;
        foreach (var peer in _guests.Concat(_holders))
            peer.Dispose();
        _stop.Dispose();
    }

    void IPeerEvents.OnMessage(FaultPeer peer, ReadOnlySpan<byte> message, Moment at)
    {
        if (!FrameHeader.TryRead(message, out var header))
            return;
        if (header.Type != EventType.ReliableMessageReceived)
        {
            if (header.Type == EventType.ServerInitialized || (header.Type == EventType.NewConnection && header.Id == Link))
                _answers.Release();
            return;
        }

        Interlocked.Increment(ref _heard);
        var way = at - new Moment(BinaryPrimitives.ReadInt64LittleEndian(message[FrameHeader.DataOffset..]));
        lock (_ways)
            _ways.Add(way);
    }

    void IPeerEvents.OnEnd(FaultPeer peer, PeerEnd end) => Interlocked.Increment(ref _ended);

    private async Task<FaultPeer> ComeAsync(Uri app, byte[] request)
    {
        using var late = new CancellationTokenSource(Patience);
        var peer = await FaultPeer.ConnectAsync(app, this, late.Token, from: From);
        await peer.SendAsync(request);
        await _answers.WaitAsync(late.Token);
        return peer;
    }

    private async Task SpeakAsync()
    {
        var data = new byte[64];
        using var timer = new PeriodicTimer(Interval);
        while (!_stop.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync();
            foreach (var guest in _guests)
            {
                BinaryPrimitives.WriteInt64LittleEndian(data, Moment.Now.Ticks);
                if (guest.TrySend(Frame.Of(EventType.ReliableMessageReceived, Link, data)))
                    _said++;
            }
        }
    }
}
