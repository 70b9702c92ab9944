using System.Net.WebSockets;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>A socket whose writes are done when the test says so.</summary>
internal sealed class HeldWebSocket : WebSocket
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _writes = new();
    private readonly List<byte[]> _sent = [];
    private readonly TaskCompletionSource<string?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebSocketState _state = WebSocketState.Open;

    /// <summary>Whether writes wait for <see cref="Finish"/>.</summary>
    public bool Holds { get; set; }

    /// <summary>The messages of all writes that have begun.</summary>
    public IReadOnlyList<byte[]> Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    /// <summary>The reason of the close frame.</summary>
    public Task<string?> Closed => _closed.Task;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _state;

    public override string? SubProtocol => null;

    /// <summary>Lets the oldest write that waits be done.</summary>
    public void Finish()
    {
        lock (_gate)
            _writes.Dequeue().SetResult();
    }

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_state != WebSocketState.Open)
                return ValueTask.FromException(new WebSocketException(WebSocketError.InvalidState));

            _sent.Add(buffer.ToArray());
            if (!Holds)
                return ValueTask.CompletedTask;

            var write = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _writes.Enqueue(write);
            return new ValueTask(write.Task);
        }
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _state = WebSocketState.Closed;
        _closed.SetResult(statusDescription);
        return Task.CompletedTask;
    }

    public override void Abort()
    {
        lock (_gate)
        {
            _state = WebSocketState.Aborted;
            while (_writes.TryDequeue(out var write))
                write.SetException(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
        }
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override void Dispose()
    {
    }
}
