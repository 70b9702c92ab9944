using System.Net.WebSockets;
using Signaling.Actors.Connections;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// A peer's WebSocket: one loop reads it, and at most one thread at a time writes to it. Whatever happens, the
/// connection hears of the end once and the peer is sent one close frame if it can still be reached.
/// </summary>
internal sealed class PeerSocket(WebSocket socket, SignalingOptions options, SocketMetrics metrics, PeerLog? log) : IPeerSocket
{
    // A peer that has closed may have left a request behind, which has its time to be answered.
    private static readonly TimeSpan LongestLinger = TimeSpan.FromMilliseconds(2 * ConnectionState.RequestTimeout);

    private static readonly TimeSpan CloseFrameTravels = TimeSpan.FromSeconds(1);

    private readonly ReadCredit _credit = new();
    private readonly SendQueue _queue = new(options.Sockets.SendQueueBytes);
    private readonly TaskCompletionSource _closeSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CloseFrame? _close;

    /// <summary>Serves the peer until its socket is closed.</summary>
    /// <param name="connections">Where it is announced.</param>
    /// <param name="app">The app that it has asked for.</param>
    /// <param name="cut">Cancelled when the TCP connection has ended.</param>
    public async Task RunAsync(IConnections connections, App app, CancellationToken cut)
    {
        var connection = connections.Open(this, app);
        try
        {
            await ReadAsync(connection);
            await _closeSent.Task.WaitAsync(LongestLinger, cut);
            await DiscardUntilClosedAsync();
        }
        catch (Exception e) when (IsBroken(e))
        {
            log?.Broken(e.Message);
            await LingerAsync(cut);
        }
        finally
        {
            _queue.Complete();
            _closeSent.TrySetResult();
            Drop();
            log?.Closed();
        }
    }

    public void Send(ReadOnlyMemory<byte> frame)
    {
        var added = _queue.Add(frame);
        if (added is SendQueue.Added.Queued or SendQueue.Added.CallerWrites)
            log?.Outgoing(frame.Span);
        if (added == SendQueue.Added.Overflow)
            Fail("Peer does not read");
        if (added == SendQueue.Added.CallerWrites)
            _ = WriteAsync();
    }

    public void Consumed(int bytes) => _credit.Return(bytes);

    public void Ignored(IgnoredMessage reason)
    {
        metrics.Ignored(reason);
        log?.Ignored(reason);
    }

    public void Close(ushort status, string reason) => Close((WebSocketCloseStatus)status, reason);

    private static bool IsBroken(Exception e) =>
        e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or TimeoutException;

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

    private async Task ReadMessagesAsync(IConnection connection)
    {
        var reader = new MessageReader(socket, options.MaxPayload);
        while (!_closeSent.Task.IsCompleted)
        {
            switch (await reader.ReadAsync())
            {
                case MessageReader.Outcome.Message:
                    var message = reader.Message;
                    log?.Incoming(message);
                    var room = _credit.TakeAsync(message.Length);
                    connection.Receive(message);
                    await room;
                    break;
                case MessageReader.Outcome.Text:
                    metrics.IgnoredText();
                    log?.IgnoredText();
                    break;
                case MessageReader.Outcome.TooLarge:
                    Close(WebSocketCloseStatus.MessageTooBig, reason: null);
                    return;
                case MessageReader.Outcome.Close:
                    // The connection answers it, by Close, when all that came before is done.
                    return;
            }
        }
    }

    private async Task DiscardUntilClosedAsync()
    {
        var buffer = new byte[1024];
        while (socket.State == WebSocketState.CloseSent)
            await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
    }

    private void Close(WebSocketCloseStatus status, string? reason)
    {
        // A peer that has closed gets its own words back, as the protocol asks (RFC 6455, 5.5.1).
        var frame = socket.State == WebSocketState.CloseReceived
            ? new CloseFrame(socket.CloseStatus ?? WebSocketCloseStatus.Empty, socket.CloseStatusDescription)
            : new CloseFrame(status, reason);
        if (Interlocked.CompareExchange(ref _close, frame, comparand: null) is not null)
            return;

        _credit.Release();
        if (_queue.Complete() == SendQueue.Added.CallerWrites)
            _ = WriteAsync();
    }

    /// <summary>The socket takes no more: nothing can be said to the peer, so it is dropped.</summary>
    private void Fail(string why)
    {
        log?.Broken(why);
        Drop();
        _credit.Release();
    }

    private async Task WriteAsync()
    {
        try
        {
            bool last;
            while (_queue.TryTake(out var frame, out last))
            {
                var sending = socket.SendAsync(frame.Value, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                if (!sending.IsCompletedSuccessfully)
                    await sending.AsTask().WaitAsync(options.Sockets.SendTimeout);
            }

            // Without a close frame what is last is the end of a socket that broke.
            if (last && _close is { } close && !_closeSent.Task.IsCompleted)
            {
                await socket.CloseOutputAsync(close.Status, close.Reason, CancellationToken.None)
                    .WaitAsync(options.Sockets.SendTimeout);
                _closeSent.TrySetResult();
                await AbortIfUnansweredAsync();
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            Fail(e.Message);
            _closeSent.TrySetResult();
        }
    }

    private async Task AbortIfUnansweredAsync()
    {
        if (socket.State != WebSocketState.CloseSent)
            return;

        await Task.Delay(options.Sockets.CloseTimeout);
        Drop();
    }

    /// <summary>
    /// The WebSocket answers what is no frame with a close frame, which a reset of the TCP connection, the next thing to
    /// happen, would overtake.
    /// </summary>
    private async Task LingerAsync(CancellationToken cut)
    {
        if (socket.State == WebSocketState.Aborted)
            await Task.Delay(CloseFrameTravels, cut).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Drop()
    {
        // One that has ended by itself may have a close frame on its way that an abort would overtake.
        if (socket.State is WebSocketState.Open or WebSocketState.CloseSent or WebSocketState.CloseReceived)
            socket.Abort();
    }

    private sealed record CloseFrame(WebSocketCloseStatus Status, string? Reason);
}
