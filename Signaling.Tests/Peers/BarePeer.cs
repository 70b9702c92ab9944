using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Signaling.Tests.Compatibility;

namespace Signaling.Tests.Peers;

/// <summary>
/// A WebSocket client that costs little and does nothing by itself: it answers neither ping nor close, and reads only
/// when it is told to.
/// </summary>
internal sealed class BarePeer : IDisposable
{
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly NetworkStream _stream;

    private BarePeer(Socket socket) => _stream = new NetworkStream(socket, ownsSocket: true);

    /// <summary>Connects and makes the handshake.</summary>
    /// <param name="server">Where to; of its path nothing is used.</param>
    /// <param name="target">The request's target, sent as it is written.</param>
    /// <param name="from">The address to connect from; any where it is null.</param>
    /// <param name="receiveBuffer">How much the system may take in for a peer that does not read.</param>
    public static async Task<BarePeer> ConnectAsync(Uri server, string target, IPAddress? from = null, int? receiveBuffer = null)
    {
        using var late = new CancellationTokenSource(Patience);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
            socket.ReceiveBufferSize = size;
        if (from is not null)
            socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(server.Host, server.Port, late.Token);
        var peer = new BarePeer(socket);

        var answer = await RawHttp.AskAsync(
            peer._stream,
            $"GET {target} HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            late.Token);
        return answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal)
            ? peer
            : throw new InvalidOperationException($"No WebSocket: {answer}");
    }

    public Task SendAsync(byte[] message) => SendFrameAsync(Binary, message);

    /// <summary>Sends one frame. Its mask is all zeros, so that nothing has to be computed.</summary>
    public async Task SendFrameAsync(int opcode, byte[] payload, bool final = true)
    {
        var head = new byte[14];
        head[0] = (byte)(opcode | (final ? 0x80 : 0));
        var length = 2;
        if (payload.Length <= 125)
        {
            head[1] = (byte)payload.Length;
        }
        else
        {
            head[1] = 127;
            BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(2), payload.Length);
            length = 10;
        }

        head[1] |= 0x80;
        await _stream.WriteAsync((byte[])[.. head[..(length + 4)], .. payload]);
    }

    /// <summary>The next frame of the server's, whatever it is; null where the connection has ended.</summary>
    public async Task<(int Opcode, byte[] Payload)?> ReadAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        try
        {
            var (_, opcode, payload) = await WebSocketFrame.Read(_stream, late.Token);
            return (opcode, payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _stream.Dispose();
}
