using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Signaling.Tests.Faults;

/// <summary>
/// A WebSocket client that costs little, so that hundreds of them measure the nodes and not themselves: one receive loop,
/// no task for a message. It answers pings and closes.
/// </summary>
internal sealed class FaultPeer : IDisposable
{
    private const int Binary = 2;
    private const int CloseFrame = 8;
    private const int Ping = 9;
    private const int Pong = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly IPeerEvents _events;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource<PeerEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PeerEnd? _closeFrame;
    private byte[] _buffer = new byte[4096];
    private int _filled;
    private bool _left;

    private FaultPeer(Socket socket, IPeerEvents events) => (_socket, _events) = (socket, events);

    /// <summary>The end of the socket, whoever caused it.</summary>
    public Task<PeerEnd> End => _end.Task;

    /// <summary>Connects, makes the handshake and begins to read.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="events">Who hears what comes.</param>
    /// <param name="late">When to give up.</param>
    /// <param name="reads">False: it reads nothing until <see cref="StartReading"/>, and its system takes in little for it.</param>
    /// <param name="from">The address to connect from, where there are more peers than ports.</param>
    public static async Task<FaultPeer> ConnectAsync(
        Uri url, IPeerEvents events, CancellationToken late, bool reads = true, IPAddress? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (!reads)
            socket.ReceiveBufferSize = 4096;
        if (from is not null)
            socket.Bind(new IPEndPoint(from, 0));
        var peer = new FaultPeer(socket, events);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(url.Host), url.Port, late);
            await peer.ShakeHandsAsync(url, late);
        }
        catch
        {
            peer.Dispose();
            throw;
        }

        if (reads)
            peer.StartReading();
        return peer;
    }

    public void StartReading() => _ = ReadAsync();

    /// <summary>Sends a message, unless what was said before still waits for the socket.</summary>
    public bool TrySend(ReadOnlySpan<byte> message)
    {
        if (!_writing.Wait(0))
            return false;
        _ = WriteAndReleaseAsync(FrameOf(Binary, message));
        return true;
    }

    /// <summary>Sends a message when what was said before is with the system.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> message) => SendFrameAsync(Binary, message);

    /// <summary>Closes the socket with the close handshake.</summary>
    public async Task CloseAsync()
    {
        var code = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(code, 1000);
        await SendFrameAsync(CloseFrame, code);
        await Task.WhenAny(_end.Task, Task.Delay(Patience));
        Dispose();
    }

    /// <summary>Drops the socket without a word.</summary>
    public void Dispose()
    {
        _left = true;
        _socket.Dispose();
    }

    private static byte[] FrameOf(int opcode, ReadOnlySpan<byte> payload)
    {
        var head = payload.Length <= 125 ? 6 : payload.Length <= ushort.MaxValue ? 8 : 14;
        var frame = new byte[head + payload.Length]; // its mask is all zeros: nothing has to be computed
        frame[0] = (byte)(0x80 | opcode);
        frame[1] = (byte)(0x80 | (head == 6 ? payload.Length : head == 8 ? 126 : 127));
        if (head == 8)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        else if (head == 14)
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
        payload.CopyTo(frame.AsSpan(head));
        return frame;
    }

    private async Task SendFrameAsync(int opcode, ReadOnlyMemory<byte> payload)
    {
        await _writing.WaitAsync();
        await WriteAndReleaseAsync(FrameOf(opcode, payload.Span));
    }

    private async Task WriteAndReleaseAsync(byte[] frame)
    {
        try
        {
            for (var sent = 0; sent < frame.Length;)
                sent += await _socket.SendAsync(frame.AsMemory(sent));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The receive loop tells the end, after all that has come before it.
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ShakeHandsAsync(Uri url, CancellationToken late)
    {
        await _socket.SendAsync(
            Encoding.Latin1.GetBytes(
                $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
            late);
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), late);
            if (read == 0)
                throw new IOException("The socket was closed instead of an answer to its handshake.");
            _filled += read;
        }

        if (!_buffer.AsSpan().StartsWith("HTTP/1.1 101 "u8))
            throw new IOException($"No WebSocket: {Encoding.Latin1.GetString(_buffer.AsSpan(0, _buffer.AsSpan().IndexOf("\r\n"u8)))}");
        Consume(end + 4);
    }

    private async Task ReadAsync()
    {
        var reason = "the connection broke";
        try
        {
            TakeMessages(Moment.Now);
            while (true)
            {
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
                if (read == 0)
                    break;
                _filled += read;
                TakeMessages(Moment.Now);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            reason = e is SocketException broken ? broken.SocketErrorCode.ToString() : reason;
        }

        var end = _closeFrame ?? new PeerEnd(Moment.Now, Status: null, _left ? "left" : reason);
        _events.OnEnd(this, end);
        _end.TrySetResult(end);
        _socket.Dispose();
    }

    private void TakeMessages(Moment at)
    {
        var taken = 0;
        while (TryReadFrame(_buffer.AsSpan(taken, _filled - taken), out var opcode, out var start, out var length))
        {
            var payload = _buffer.AsSpan(taken + start, length - start);
            if (opcode == Binary)
                _events.OnMessage(this, payload, at);
            else if (opcode == CloseFrame)
                TakeClose(payload, at);
            else if (opcode == Ping)
                _ = SendFrameAsync(Pong, payload.ToArray());
            taken += length;
        }

        Consume(taken);
    }

    private void TakeClose(ReadOnlySpan<byte> payload, Moment at)
    {
        int? status = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : null;
        _closeFrame ??= new PeerEnd(at, status, payload.Length > 2 ? Encoding.UTF8.GetString(payload[2..]) : "");
        _ = SendFrameAsync(CloseFrame, payload.ToArray());
    }

    // Makes sure that the frame that has begun fits, too.
    private bool TryReadFrame(ReadOnlySpan<byte> bytes, out int opcode, out int start, out int length)
    {
        (opcode, start, length) = (0, 2, 0);
        if (bytes.Length < 2)
            return false;
        if ((bytes[0] & 0x80) == 0)
            throw new InvalidOperationException("A node has sent a message in fragments: this peer can't put them together.");
        opcode = bytes[0] & 0x0f;
        long size = bytes[1];
        if (size >= 126)
        {
            start = size == 126 ? 4 : 10;
            if (bytes.Length < start)
                return false;
            size = start == 4 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : BinaryPrimitives.ReadInt64BigEndian(bytes[2..]);
        }

        length = (int)(start + size);
        return bytes.Length >= length;
    }

    private void Consume(int taken)
    {
        _filled -= taken;
        _buffer.AsSpan(taken, _filled).CopyTo(_buffer);
        if (TryReadFrame(_buffer.AsSpan(0, _filled), out _, out _, out var length) || length <= _buffer.Length)
            return;
        Array.Resize(ref _buffer, length);
    }
}
