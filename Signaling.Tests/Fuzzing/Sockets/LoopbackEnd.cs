using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Tests.Fuzzing.Sockets;

/// <summary>A connection over the machine's own network, with the service's transport on the server's side.</summary>
internal sealed class LoopbackEnd : FarEnd
{
    private readonly Socket _socket;

    private readonly Task<byte[]> _receiving;

    private LoopbackEnd(Socket socket, ConnectionContext connection)
    {
        (_socket, Connection) = (socket, connection);
        _receiving = ReceiveAsync();
    }

    public override ConnectionContext Connection { get; }

    public override bool IsCutByEnd => true;

    public static async Task<LoopbackEnd> ConnectAsync(IConnectionListener listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync((IPEndPoint)listener.EndPoint);
        return new LoopbackEnd(socket, (await listener.AcceptAsync())!);
    }

    public override async ValueTask SendAsync(byte[] bytes)
    {
        try
        {
            await _socket.SendAsync(bytes);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The server has dropped it.
        }
    }

    public override void End()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The server has dropped it.
        }
    }

    public override void Break() => _socket.Close(timeout: 0);

    public override async Task<byte[]> ReceiveAllAsync()
    {
        await Connection.DisposeAsync();
        return await _receiving;
    }

    public override async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await Connection.DisposeAsync();
    }

    // A peer of manners: when the server has closed, it does too.
    private async Task<byte[]> ReceiveAsync()
    {
        using var all = new MemoryStream();
        try
        {
            var buffer = new byte[64 * 1024];
            while (await _socket.ReceiveAsync(buffer) is > 0 and var count)
            {
                all.Write(buffer, 0, count);
                if (ServerFrames.HasClose(all.ToArray()))
                    End();
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // What had come before is what there is.
        }

        return all.ToArray();
    }
}
