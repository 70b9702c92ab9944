using System.Collections.Concurrent;
using Signaling.Actors.Connections;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>Takes what a socket hands over, and does nothing about it but what the test says.</summary>
internal sealed class RecordingConnections : IConnections, IConnection
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _messages = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _written = new(0);
    private (int Count, TaskCompletionSource Reached)? _awaited;

    /// <summary>The threads that the connection was told on that its socket has written.</summary>
    public ConcurrentQueue<int> WrittenOn { get; } = [];

    /// <summary>How many times the connection was told that nothing more comes.</summary>
    public int Ends { get; private set; }

    /// <summary>Completes when the connection is told that nothing more comes.</summary>
    public Task Closed => _closed.Task;

    public int Count
    {
        get
        {
            lock (_gate)
                return _messages.Count;
        }
    }

    public IConnection Open(IPeerSocket socket, App app, PeerRights rights) => this;

    void IConnection.Receive(byte[] message)
    {
        lock (_gate)
        {
            _messages.Add(message);
            if (_awaited is { } awaited && _messages.Count == awaited.Count)
                awaited.Reached.SetResult();
        }
    }

    void IConnection.Deny(byte[] message) => throw new InvalidOperationException("Nobody is asked here.");

    void IConnection.Written()
    {
        WrittenOn.Enqueue(Environment.CurrentManagedThreadId);
        _written.Release();
    }

    void IConnection.Closed()
    {
        Ends++;
        _closed.TrySetResult();
    }

    /// <summary>Completes when the connection is told that its socket has written.</summary>
    public Task WrittenAsync() => _written.WaitAsync();

    /// <summary>Completes when so many messages have been handed over.</summary>
    public Task ReceivedAsync(int count)
    {
        lock (_gate)
        {
            if (_messages.Count >= count)
                return Task.CompletedTask;

            _awaited = (count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return _awaited.Value.Reached.Task;
        }
    }
}
