using System.Net.Sockets;
using System.Text;
using Signaling.Tests.Cluster;

namespace Signaling.Tests.Floods;

/// <summary>One peer that says messages of one byte as fast as its socket takes them.</summary>
internal sealed class TinyFrameFlood : IFlood
{
    private const int FramesPerWrite = 1_000;

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket;
    private readonly Task _flooding;
    private long _done;

    private TinyFrameFlood(Socket socket)
    {
        _socket = socket;
        _flooding = Task.Run(FloodAsync);
    }

    public long Done => Interlocked.Read(ref _done);

    public static async Task<IFlood> StartAsync(NodeProcess node)
    {
        var socket = await Sources.ConnectAsync(node, Sources.One, CancellationToken.None)
            ?? throw new IOException("The node lets nobody in.");
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            "GET /callapp HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        await socket.ReceiveAsync(new byte[1024]);
        return new TinyFrameFlood(socket);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _flooding;
        _stop.Dispose();
    }

    private async Task FloodAsync()
    {
        byte[] one = [0x82, 0x81, 0, 0, 0, 0, 1];
        byte[] many = [.. Enumerable.Repeat(one, FramesPerWrite).SelectMany(frame => frame)];
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await _socket.SendAsync(many, _stop.Token);
                Interlocked.Add(ref _done, FramesPerWrite);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Its socket was closed.
        }
    }
}
