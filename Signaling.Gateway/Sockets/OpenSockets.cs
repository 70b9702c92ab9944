using System.Collections.Concurrent;
using Signaling.Actors.Connections;

namespace Signaling.Gateway.Sockets;

/// <summary>The sockets that are open now. When the host stops they are told.</summary>
internal sealed class OpenSockets : IDisposable
{
    private readonly ConcurrentDictionary<PeerSocket, bool> _sockets = new();
    private readonly CrowdMemory _memory = new();
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenRegistration _closing;
    private int _count;

    public OpenSockets(IHostApplicationLifetime lifetime)
    {
        _stopping = lifetime.ApplicationStopping;
        _closing = _stopping.Register(CloseAll);
    }

    public int Count => Volatile.Read(ref _count);

    public void Add(PeerSocket socket)
    {
        _sockets[socket] = true;
        _memory.Note(Interlocked.Increment(ref _count));

        // One whose handshake the stop has overtaken.
        if (_stopping.IsCancellationRequested)
            Close(socket);
    }

    public void Remove(PeerSocket socket)
    {
        if (_sockets.TryRemove(socket, out _))
            _memory.Note(Interlocked.Decrement(ref _count));
    }

    public void Dispose() => _closing.Dispose();

    private void CloseAll()
    {
        foreach (var (socket, _) in _sockets)
            Close(socket);
    }

    private static void Close(PeerSocket socket) => socket.Close(CloseStatus.GoingAway, "Server stops");
}
