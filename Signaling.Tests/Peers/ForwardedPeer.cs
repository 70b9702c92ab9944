using System.Net;
using System.Net.Sockets;

namespace Signaling.Tests.Peers;

/// <summary>A peer that comes from an address of the test's choice, and has its own word about that in its handshake.</summary>
internal sealed class ForwardedPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket;

    private ForwardedPeer(Socket socket) => _socket = socket;

    /// <summary>Where it really comes from.</summary>
    public EndPoint From => _socket.LocalEndPoint!;

    /// <summary>Connects and makes the handshake.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="from">An address of this machine.</param>
    /// <param name="forwardedFor">The value of its <c>X-Forwarded-For</c>.</param>
    public static async Task<ForwardedPeer> ConnectAsync(IPEndPoint server, IPAddress from, string forwardedFor)
    {
        using var late = new CancellationTokenSource(Patience);
        var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(server, late.Token);
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            var answer = await RawHttp.AskAsync(
                stream,
                $"GET /callapp HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX-Forwarded-For: {forwardedFor}\r\n" +
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                late.Token);
            return answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)
                ? new ForwardedPeer(socket)
                : throw new InvalidOperationException($"No WebSocket: {answer}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _socket.Dispose();
}
