using System.Net.WebSockets;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// Writes to a peer's WebSocket: the frames in their order, at most one thread at a time, and last one close frame if the
/// peer can still be reached. Before each frame it looks whether the node may still serve.
/// </summary>
/// <param name="socket">The socket.</param>
/// <param name="options">Its limits and times.</param>
/// <param name="lease">The node's right to serve.</param>
/// <param name="log">The verbose log, if there is one.</param>
internal sealed class SocketWriter(WebSocket socket, SocketOptions options, ILease lease, PeerLog? log)
{
    private readonly SendQueue _queue = new(options.SendQueueBytes);
    private readonly TaskCompletionSource _closeSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CloseFrame? _close;

    /// <summary>Told when frames are written that were not yet when <see cref="Send"/> returned; never from within it.</summary>
    public required Action OnWritten { private get; init; }

    /// <summary>Told when the socket is closed by this end, or breaks. Repeats are possible.</summary>
    public required Action OnEnding { private get; init; }

    /// <summary>How many of all frames are written, or dropped.</summary>
    public long Written => _queue.Written;

    /// <summary>Completes when the close frame is sent, or never can be.</summary>
    public Task CloseSent => _closeSent.Task;

    /// <summary>Queues a frame.</summary>
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

    /// <summary>Sends what is queued, and then a close frame. The first one counts.</summary>
    public void Close(WebSocketCloseStatus status, string? reason)
    {
        if (!IsFirstClose(status, reason))
            return;

        OnEnding();
        if (_queue.Complete() == SendQueue.Added.CallerWrites)
            _ = WriteAsync();
    }

    /// <summary>Drops the socket; nothing more is sent.</summary>
    public void Drop()
    {
        // One that has ended by itself may have a close frame on its way that an abort would overtake.
        if (socket.State is WebSocketState.Open or WebSocketState.CloseSent or WebSocketState.CloseReceived)
            socket.Abort();
        if (_queue.Complete() == SendQueue.Added.CallerWrites)
            _queue.Abandon();
        _closeSent.TrySetResult();
        OnEnding();
    }

    /// <summary>Whether an exception says that the socket has broken.</summary>
    public static bool IsBroken(Exception e) =>
        e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or TimeoutException;

    private bool IsFirstClose(WebSocketCloseStatus status, string? reason)
    {
        // A peer that has closed gets its own words back, as the protocol asks (RFC 6455, 5.5.1).
        var frame = socket.State == WebSocketState.CloseReceived
            ? new CloseFrame(socket.CloseStatus ?? WebSocketCloseStatus.Empty, socket.CloseStatusDescription)
            : new CloseFrame(status, reason);
        return Interlocked.CompareExchange(ref _close, frame, comparand: null) is null;
    }

    /// <summary>The socket takes no more: nothing can be said to the peer, so it is dropped.</summary>
    private void Fail(string why)
    {
        log?.Broken(why);
        Drop();
    }

    private async Task WriteAsync()
    {
        var withinSend = true;
        try
        {
            bool last;
            while (_queue.TryTake(out var frame, out last))
            {
                if (!lease.IsHeld)
                {
                    StopServing();
                    continue;
                }

                var sending = socket.SendAsync(frame.Value, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                if (sending.IsCompletedSuccessfully)
                    continue;

                // What was written since the last pause is told at the next one.
                if (!withinSend)
                    OnWritten();
                withinSend = false;
                await sending.AsTask().WaitAsync(options.SendTimeout).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            if (!withinSend)
                OnWritten();

            // Without a close frame what is last is the end of a socket that broke.
            if (last && _close is { } close && !_closeSent.Task.IsCompleted)
                await SendCloseAsync(close);
        }
        catch (Exception e) when (IsBroken(e))
        {
            _queue.Abandon();
            Fail(e.Message);
            if (!withinSend)
                OnWritten();
        }
    }

    private async Task SendCloseAsync(CloseFrame close)
    {
        await socket.CloseOutputAsync(close.Status, close.Reason, CancellationToken.None).WaitAsync(options.SendTimeout);
        _closeSent.TrySetResult();
        if (socket.State != WebSocketState.CloseSent)
            return;

        await Task.Delay(options.CloseTimeout);
        Drop();
    }

    /// <summary>Past the end of its lease the node says nothing more to the peer but that it stops.</summary>
    private void StopServing()
    {
        _queue.Abandon();
        if (IsFirstClose((WebSocketCloseStatus)CloseStatus.GoingAway, OpenSockets.Farewell))
            OnEnding();
    }

    private sealed record CloseFrame(WebSocketCloseStatus Status, string? Reason);
}
