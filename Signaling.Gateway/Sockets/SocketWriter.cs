using System.IO.Pipelines;
using Akka.Dispatch;
using Microsoft.AspNetCore.Connections;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.WebSockets;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// Writes to a peer's socket: the frames in their order, at most one thread at a time, and last one close frame if the
/// peer can still be reached. What one thread's chain has for the peer is written at once when the chain ends. Before each
/// write it looks whether the node may still serve.
/// </summary>
/// <param name="connection">The peer's connection.</param>
/// <param name="options">Its limits and times.</param>
/// <param name="lease">The node's right to serve.</param>
/// <param name="log">The verbose log, if there is one.</param>
/// <param name="owner">Whose it is.</param>
internal sealed class SocketWriter(
    ConnectionContext connection, SocketOptions options, ILease lease, PeerLog? log, SocketWriter.IOwner owner) : IRunnable
{
    private const int MostAtOnce = 64 * 1024;

    private readonly PipeWriter _output = connection.Transport.Output;
    private readonly SendQueue _queue = new(options.SendQueueBytes);
    private readonly TaskCompletionSource _closeSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CloseFrame? _close;
    private byte[]? _pong;
    private bool _ping;
    private bool _dropped;

    /// <summary>Who is told what becomes of the socket.</summary>
    public interface IOwner
    {
        /// <summary>Frames are written that had to wait for the peer. Never from within <see cref="Send"/>.</summary>
        void HasWritten();

        /// <summary>The socket is closed by this end, or breaks. Repeats are possible.</summary>
        void Ends();
    }

    /// <summary>How many of all frames are written, or dropped.</summary>
    public long Written => _queue.Written;

    /// <summary>Completes when the close frame is sent, or never can be.</summary>
    public Task CloseSent => _closeSent.Task;

    /// <summary>The peer's close frame: it gets its own words back, as the protocol asks (RFC 6455, 5.5.1).</summary>
    public CloseFrame? PeerClose { get; set; }

    /// <summary>Queues a frame.</summary>
    public void Send(ReadOnlyMemory<byte> frame)
    {
        var added = _queue.Add(frame);
        if (added is SendQueue.Added.Queued or SendQueue.Added.CallerWrites)
            log?.Outgoing(frame.Span);
        if (added == SendQueue.Added.Overflow)
            Fail("Peer does not read");
        if (added == SendQueue.Added.CallerWrites)
            Chain.RunLast(this);
    }

    /// <summary>Sends a ping.</summary>
    public void Ping()
    {
        Volatile.Write(ref _ping, true);
        WriteControl();
    }

    /// <summary>What this end closes the socket with; null: it has not.</summary>
    public CloseFrame? OwnClose => Volatile.Read(ref _close);

    /// <summary>Sends a pong. Of those that wait only the last is sent (RFC 6455, 5.5.3).</summary>
    public void Pong(byte[] payload)
    {
        Volatile.Write(ref _pong, payload);
        WriteControl();
    }

    /// <summary>Sends what is queued, and then a close frame. The first one counts.</summary>
    public void Close(CloseFrame frame)
    {
        if (Interlocked.CompareExchange(ref _close, PeerClose ?? frame, comparand: null) is not null)
            return;

        owner.Ends();
        if (_queue.Complete() == SendQueue.Added.CallerWrites)
            Chain.RunLast(this);
    }

    /// <summary>Drops the socket; nothing more is sent.</summary>
    public void Drop()
    {
        // One that has ended by itself may have a close frame on its way that an abort would overtake.
        if (!_dropped && !(_closeSent.Task.IsCompleted && PeerClose is not null))
            connection.Abort(new ConnectionAbortedException("The peer's socket is dropped."));
        _dropped = true;
        if (_queue.Complete() == SendQueue.Added.CallerWrites)
            _queue.Abandon();
        _closeSent.TrySetResult();
        owner.Ends();
    }

    /// <summary>Whether an exception says that the socket has broken.</summary>
    public static bool IsBroken(Exception e) =>
        e is IOException or OperationCanceledException or ObjectDisposedException or TimeoutException or InvalidOperationException;

    void IRunnable.Run() => _ = WriteAsync();

    void IThreadPoolWorkItem.Execute() => _ = WriteAsync();

    private void WriteControl()
    {
        if (_queue.Wake() == SendQueue.Added.CallerWrites)
            Chain.RunLast(this);
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
            do
            {
                if (!lease.IsHeld)
                    StopServing();

                Fill();
                var flushing = _output.FlushAsync();
                if (flushing.IsCompletedSuccessfully)
                {
                    ThrowIfGone(flushing.Result);
                    continue;
                }

                // What was written since the last pause is told at the next one.
                if (!withinSend)
                    owner.HasWritten();
                withinSend = false;
                ThrowIfGone(await flushing.AsTask().WaitAsync(options.SendTimeout).ConfigureAwait(ConfigureAwaitOptions.ForceYielding));
            }
            while (!_queue.TryEnd(out last));

            if (!withinSend)
                owner.HasWritten();

            // Without a close frame what is last is the end of a socket that broke.
            if (last && _close is { } close && !_closeSent.Task.IsCompleted)
                await SendCloseAsync(close);
        }
        catch (Exception e) when (IsBroken(e))
        {
            _queue.Abandon();
            Fail(e.Message);
            if (!withinSend)
                owner.HasWritten();
        }
    }

    private void Fill()
    {
        if (Interlocked.Exchange(ref _pong, null) is { } pong)
            _output.WriteFrame(Opcode.Pong, pong);
        if (Interlocked.Exchange(ref _ping, false))
            _output.WriteFrame(Opcode.Ping, []);
        for (var bytes = 0; bytes < MostAtOnce && _queue.TryTake(out var frame); bytes += frame.Value.Length)
            _output.WriteFrame(Opcode.Binary, frame.Value.Span);
    }

    private async Task SendCloseAsync(CloseFrame close)
    {
        _output.WriteFrame(Opcode.Close, close.ToPayload());
        ThrowIfGone(await _output.FlushAsync().AsTask().WaitAsync(options.SendTimeout));
        _closeSent.TrySetResult();
        if (PeerClose is not null)
            return;

        await Task.Delay(options.CloseTimeout);
        Drop();
    }

    /// <summary>Past the end of its lease the node says nothing more to the peer but that it stops.</summary>
    private void StopServing()
    {
        _queue.Abandon();
        if (Interlocked.CompareExchange(ref _close, PeerClose ?? OpenSockets.Farewell, comparand: null) is null)
            owner.Ends();
    }

    private static void ThrowIfGone(FlushResult flushed)
    {
        if (flushed.IsCompleted)
            throw new IOException("The connection has ended.");
    }
}
