using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Signaling.Tests.Compatibility;

/// <summary>
/// A WebSocket client of few words, for what the framework's own can't do: request targets that are sent as they
/// are written, several frames in one write, fragments, broken frames, connections that are reset.
/// </summary>
internal sealed class RawWebSocket : IAsyncDisposable
{
    /// <summary>How long connecting and writing may take; longer than any that works needs.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly TcpClient _tcp;
    private readonly NetworkStream _stream;
    private readonly Channel<Message> _received = Channel.CreateUnbounded<Message>();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _leaving = new();
    private readonly TimeSpan _patience;
    private Task _reading = Task.CompletedTask;
    private bool _closeSent;

    private RawWebSocket(TcpClient tcp, TimeSpan patience)
    {
        _tcp = tcp;
        _stream = tcp.GetStream();
        _patience = patience;
    }

    /// <summary>Whether the last message it will ever give out has been taken, or it was dropped by its own peer.</summary>
    public bool Ended { get; private set; }

    /// <summary>Connects and makes the handshake. The patience is for each message to come.</summary>
    public static async Task<RawWebSocket> Open(Uri node, string target, IReadOnlyList<string> protocols, TimeSpan patience)
    {
        using var late = new CancellationTokenSource(Limit);
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(node.Host, node.Port, late.Token);
        var socket = new RawWebSocket(tcp, patience);
        await socket.Handshake(node, target, protocols, late.Token);
        return socket;
    }

    /// <summary>Sends messages in one write. What became of a socket that the server has closed, its answers tell.</summary>
    public async Task Send(params IReadOnlyList<Outgoing> messages)
    {
        var bytes = messages.SelectMany(m => WebSocketFrame.Of(m.Message, m.Fragments)).ToArray();
        _closeSent |= messages.Any(m => m.Message.Kind == MessageKind.Close);
        using var late = new CancellationTokenSource(Limit);
        await _writing.WaitAsync(late.Token);
        try
        {
            await _stream.WriteAsync(bytes, late.Token);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The server has gone; the reader finds out and says how.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Asks for a sign of life, where that may still be sent.</summary>
    public Task Probe(params IReadOnlyList<Outgoing> messages) => _closeSent ? Task.CompletedTask : Send(messages);

    /// <summary>Takes the next message.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<Message> Next()
    {
        using var late = new CancellationTokenSource(_patience);
        try
        {
            var message = await _received.Reader.ReadAsync(late.Token);
            Ended |= message.Ends;
            return message;
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"nothing within {_patience.TotalSeconds:0.##} s", e);
        }
        catch (ChannelClosedException e)
        {
            throw new TimeoutException("nothing: its socket had ended", e);
        }
    }

    /// <summary>Ends the TCP connection without a close frame.</summary>
    public async Task Drop(bool reset)
    {
        Ended = true;
        await StopReading();
        if (reset)
            _tcp.LingerState = new LingerOption(enable: true, seconds: 0);
        _tcp.Close();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopReading();
        _tcp.Dispose();
        _writing.Dispose();
        _leaving.Dispose();
    }

    private async Task StopReading()
    {
        await _leaving.CancelAsync();
        await _reading;
    }

    private async Task Handshake(Uri node, string target, IReadOnlyList<string> protocols, CancellationToken late)
    {
        var offer = protocols.Count == 0 ? "" : $"Sec-WebSocket-Protocol: {string.Join(", ", protocols)}\r\n";
        await _stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: {node.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{offer}\r\n"), late);

        var stream = new BufferedStream(_stream);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, late);
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n");
        var status = lines[0].Split(' ')[1];
        if (status is not "101")
        {
            Receive(MessageKind.Refused, Encoding.ASCII.GetBytes(status));
            return;
        }

        const string Header = "Sec-WebSocket-Protocol:";
        var chosen = lines.FirstOrDefault(line => line.StartsWith(Header, StringComparison.OrdinalIgnoreCase));
        if (protocols.Count > 0 || chosen is not null)
            Receive(MessageKind.Protocol, Encoding.ASCII.GetBytes(chosen?[Header.Length..].Trim() ?? "none"));
        _reading = Read(stream);
    }

    private async Task Read(Stream stream)
    {
        byte[]? close = null;
        try
        {
            var kind = MessageKind.Binary;
            var message = new List<byte>();
            while (true)
            {
                var (final, opcode, payload) = await WebSocketFrame.Read(stream, _leaving.Token);
                switch (opcode)
                {
                    case 0 or 1 or 2:
                        if (opcode != 0)
                            kind = opcode == 1 ? MessageKind.Text : MessageKind.Binary;
                        message.AddRange(payload);
                        if (final)
                        {
                            Receive(kind, [.. message]);
                            message.Clear();
                        }
                        break;
                    case 8:
                        close = payload;
                        if (!_closeSent)
                            await Send(new Outgoing(new Message(MessageKind.Close, payload)));
                        break;
                    case 9:
                        await Send(new Outgoing(new Message(MessageKind.Pong, payload)));
                        break;
                    default:
                        Receive(MessageKind.Pong, payload);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // Nobody asks for what comes now.
        }
        catch (IOException)
        {
            // The end of the connection, which a server with manners announces by a close frame.
            _tcp.Dispose();
            _received.Writer.TryWrite(close is null ? Message.Cut : new Message(MessageKind.Close, close));
        }
        finally
        {
            _received.Writer.Complete();
        }
    }

    private void Receive(MessageKind kind, byte[] payload) => _received.Writer.TryWrite(new Message(kind, payload));
}
