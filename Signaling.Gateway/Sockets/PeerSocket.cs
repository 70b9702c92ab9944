using System.Net.WebSockets;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// A peer's WebSocket: one loop reads it, and at most one thread at a time writes to it. Whatever happens, the
/// connection hears of the end once and the peer is sent one close frame if it can still be reached.
/// </summary>
internal sealed class PeerSocket : IPeerSocket
{
    /// <summary>
    /// How long the close frame of a peer is answered at the latest: it may have left a request behind, which has its time
    /// to be answered, and messages behind that, which have theirs to be taken.
    /// </summary>
    public static readonly TimeSpan LongestLinger = ReadPauses.LongestRequest + ReadPauses.LongestStall + TimeSpan.FromSeconds(1);

    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    private const int MostInARow = 256;

    private static readonly TimeSpan CloseFrameTravels = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly SignalingOptions _options;
    private readonly SocketMetrics _metrics;
    private readonly PeerLog? _log;
    private readonly ReadCredit _credit = new();
    private readonly ReadPauses _pauses;
    private readonly SocketWriter _writer;
    private IConnection? _connection;

    /// <param name="socket">The socket.</param>
    /// <param name="options">The service's options.</param>
    /// <param name="lease">The node's right to serve.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">The figures of all sockets.</param>
    /// <param name="log">The verbose log, if there is one.</param>
    public PeerSocket(
        WebSocket socket, SignalingOptions options, ILease lease, TimeProvider time, SocketMetrics metrics, PeerLog? log)
    {
        _socket = socket;
        _options = options;
        _metrics = metrics;
        _log = log;
        _pauses = new ReadPauses(time, ReadPauses.Longest(options.Sockets));
        _writer = new SocketWriter(socket, options.Sockets, lease, log)
        {
            OnWritten = () => _connection?.Written(),
            OnEnding = _credit.Release,
        };
    }

    public long Written => _writer.Written;

    /// <summary>Serves the peer until its socket is closed.</summary>
    /// <param name="connections">Where it is announced.</param>
    /// <param name="app">The app that it has asked for.</param>
    /// <param name="cut">Cancelled when the TCP connection has ended.</param>
    public async Task RunAsync(IConnections connections, App app, CancellationToken cut)
    {
        _connection = connections.Open(this, app);
        try
        {
            await ReadAsync(_connection);
            await _writer.CloseSent.WaitAsync(LongestLinger, cut);
            await DiscardUntilClosedAsync();
        }
        catch (Exception e) when (SocketWriter.IsBroken(e))
        {
            _log?.Broken(e.Message);
            await LingerAsync(cut);
        }
        finally
        {
            _writer.Drop();
            _log?.Closed();
        }
    }

    public void Send(ReadOnlyMemory<byte> frame) => _writer.Send(frame);

    public void Consumed(int bytes) => _credit.Return(bytes);

    public void Ignored(IgnoredMessage reason)
    {
        _metrics.Ignored(reason);
        _log?.Ignored(reason);
    }

    public void Close(ushort status, string reason) => _writer.Close((WebSocketCloseStatus)status, reason);

    /// <summary>Drops the socket without a word.</summary>
    public void Abort() => _writer.Drop();

    private async Task ReadAsync(IConnection connection)
    {
        try
        {
            await ReadMessagesAsync(connection);
        }
        finally
        {
            connection.Closed();
        }
    }

    /// <summary>
    /// Reads until the peer closes, also after this end has: what is still on its way then is handed over as long as the
    /// connection has room for it.
    /// </summary>
    private async Task ReadMessagesAsync(IConnection connection)
    {
        var reader = new MessageReader(_socket, _options.MaxPayload);
        for (var inARow = 0; ; inARow++)
        {
            if (inARow == MostInARow)
            {
                inARow = 0;
                await Task.Yield(); // this thread has others to serve
            }

            var reading = reader.ReadAsync();
            if (!reading.IsCompleted)
                connection.Proceed(); // nothing else is at hand
            var outcome = await reading;
            if (outcome != MessageReader.Outcome.Message)
                connection.Proceed(); // what came before is answered first
            if (reader.HadToWait)
            {
                inARow = 0;
                _pauses.NothingWaits();
            }

            switch (outcome)
            {
                case MessageReader.Outcome.Message:
                    if (!await HandOverAsync(reader.Message, connection))
                        return;
                    break;
                case MessageReader.Outcome.Text:
                    _metrics.IgnoredText();
                    _log?.IgnoredText();
                    break;
                case MessageReader.Outcome.TooLarge:
                    _writer.Close(WebSocketCloseStatus.MessageTooBig, reason: null);
                    return;
                case MessageReader.Outcome.Close:
                    // The connection answers it, by Close, when all that came before is done.
                    return;
            }
        }
    }

    /// <returns>Whether the next message may be read; false: nothing more is handed over.</returns>
    private async ValueTask<bool> HandOverAsync(byte[] message, IConnection connection)
    {
        _log?.Incoming(message);
        var room = _credit.TakeAsync(message.Length);
        connection.Receive(message);
        try
        {
            if (!room.IsCompleted)
                connection.Proceed(); // which makes room
            return room.IsCompleted ? await room : await _pauses.WaitAsync(room);
        }
        catch (TimeoutException)
        {
            // Soon the peer's pongs would be missed, which it has sent all the same.
            _writer.Close(TryAgainLater, "Not read in time");
            return false;
        }
    }

    private async Task DiscardUntilClosedAsync()
    {
        var buffer = new byte[1024];
        while (_socket.State == WebSocketState.CloseSent)
            await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
    }

    /// <summary>
    /// The WebSocket answers what is no frame with a close frame, which a reset of the TCP connection, the next thing to
    /// happen, would overtake.
    /// </summary>
    private async Task LingerAsync(CancellationToken cut)
    {
        if (_socket.State == WebSocketState.Aborted)
            await Task.Delay(CloseFrameTravels, cut).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
