using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Signaling.Benchmarks.Rigs;

/// <summary>
/// A WebSocket client that costs next to nothing and allocates nothing once it is connected, so that what is measured beside it
/// is the server's. It blocks, its frames are made beforehand, and it counts bytes; that they are the right ones is for others
/// to show.
/// </summary>
public sealed class RawPeer : IDisposable
{
    private const byte FinalBinary = 0x82;
    private const byte Masked = 0x80;
    private const int Short = 125;
    private const int Medium = 126;
    private const int MaskLength = 4;
    private const int PatienceInMilliseconds = 20_000;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = PatienceInMilliseconds };
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Connects.</summary>
    public RawPeer(Uri url)
    {
        _socket.Connect(url.Host, url.Port);
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            ReceiveInto(_buffer.AsSpan(0, 1));
            head.Append((char)_buffer[0]);
        }

        if (!head.ToString().StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
            throw new InvalidOperationException($"No WebSocket: {head}");
    }

    /// <summary>The frame that a message is sent in. Its mask is all zeros, so that nothing has to be computed.</summary>
    public static byte[] FrameOf(ReadOnlySpan<byte> message)
    {
        var head = message.Length <= Short ? 2 : 4;
        var frame = new byte[head + MaskLength + message.Length];
        frame[0] = FinalBinary;
        frame[1] = (byte)(Masked | Math.Min(message.Length, Medium));
        if (message.Length > Short)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)message.Length));
        message.CopyTo(frame.AsSpan(head + MaskLength));
        return frame;
    }

    /// <summary>Sends frames.</summary>
    public void Send(ReadOnlySpan<byte> frames)
    {
        while (frames.Length > 0)
            frames = frames[_socket.Send(frames)..];
    }

    /// <summary>Waits for so many messages, all of one length, and drops them.</summary>
    public void Drop(int messages, int length)
    {
        for (var left = messages * (length + (length <= Short ? 2 : 4)); left > 0;)
            left -= ReceiveSome(_buffer.AsSpan(0, Math.Min(left, _buffer.Length)));
    }

    /// <summary>Waits for the next message.</summary>
    public byte[] Receive()
    {
        var head = _buffer.AsSpan(0, 2);
        ReceiveInto(head);
        if (head[0] != FinalBinary)
            throw new InvalidOperationException($"No binary message: {Convert.ToHexString(head)}");
        var length = (int)head[1];
        if (length == Medium)
        {
            ReceiveInto(head);
            length = BinaryPrimitives.ReadUInt16BigEndian(head);
        }

        var message = new byte[length];
        ReceiveInto(message);
        return message;
    }

    /// <summary>Drops the socket.</summary>
    public void Dispose() => _socket.Dispose();

    private void ReceiveInto(Span<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[ReceiveSome(bytes)..];
    }

    private int ReceiveSome(Span<byte> bytes) => _socket.Receive(bytes) is var count and > 0 ? count : throw new EndOfStreamException("The server has closed the socket.");
}
