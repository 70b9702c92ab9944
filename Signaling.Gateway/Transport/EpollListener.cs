using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Gateway.Transport;

/// <summary>Accepts connections, and gives them to the loops by turns.</summary>
internal sealed class EpollListener(Socket socket) : IConnectionListener
{
    // As long as nobody leaves there is no room for who comes.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                return Open(await socket.AcceptAsync(cancellationToken));
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException e) when (e.SocketErrorCode is not (SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable))
            {
                // It was gone before it was accepted.
            }
            catch (Win32Exception)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private static SocketConnection Open(Socket accepted)
    {
        try
        {
            return new SocketConnection(accepted, EventLoop.Next());
        }
        catch
        {
            accepted.Dispose();
            throw;
        }
    }
}
