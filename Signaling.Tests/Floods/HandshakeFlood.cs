using System.Net.Sockets;
using System.Text;
using Signaling.Tests.Cluster;
using Signaling.Tests.Faults;

namespace Signaling.Tests.Floods;

/// <summary>Handshakes, so many a second, from one address: each connection asks for a WebSocket, hears the answer, and is dropped.</summary>
internal sealed class HandshakeFlood : IFlood
{
    private const int PerTick = 50;
    private const int MostUnderWay = 1_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly byte[] Request = Encoding.ASCII.GetBytes(
        "GET /callapp HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostUnderWay);
    private readonly Task _flooding;
    private long _done;

    private HandshakeFlood(NodeProcess node) => _flooding = FloodAsync(node);

    public long Done => Interlocked.Read(ref _done);

    public static Task<IFlood> StartAsync(NodeProcess node) => Task.FromResult<IFlood>(new HandshakeFlood(node));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _flooding;
        for (var i = 0; i < MostUnderWay; i++)
            await _room.WaitAsync();
        _stop.Dispose();
    }

    private async Task FloodAsync(NodeProcess node)
    {
        var start = Moment.Now;
        using var timer = new PeriodicTimer(Tick);
        for (var begun = 0L; !_stop.IsCancellationRequested;)
        {
            for (var due = (long)(start.Ago / Tick) * PerTick; begun < due && !_stop.IsCancellationRequested; begun++)
            {
                await _room.WaitAsync();
                _ = ShakeHandsAsync(node);
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private async Task ShakeHandsAsync(NodeProcess node)
    {
        try
        {
            using var socket = await Sources.ConnectAsync(node, Sources.One, _stop.Token);
            if (socket is null)
                return;

            await socket.SendAsync(Request, _stop.Token);
            await socket.ReceiveAsync(new byte[256], _stop.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The node has dropped it.
        }
        finally
        {
            Interlocked.Increment(ref _done);
            _room.Release();
        }
    }
}
