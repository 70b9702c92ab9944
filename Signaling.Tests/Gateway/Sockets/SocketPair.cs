using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>The two ends of one WebSocket, with no server in between.</summary>
internal sealed class SocketPair : IDisposable
{
    private SocketPair(Stream server, Stream client)
    {
        Server = WebSocket.CreateFromStream(server, new WebSocketCreationOptions { IsServer = true });
        Client = WebSocket.CreateFromStream(client, new WebSocketCreationOptions { IsServer = false });
    }

    public WebSocket Server { get; }

    public WebSocket Client { get; }

    public static async Task<SocketPair> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var server = await listener.AcceptTcpClientAsync();
        return new SocketPair(server.GetStream(), client.GetStream());
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
