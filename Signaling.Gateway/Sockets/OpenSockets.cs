using System.Collections.Concurrent;
using Signaling.Actors.Connections;

namespace Signaling.Gateway.Sockets;

/// <summary>The sockets that are open now. When the host stops they are told.</summary>
internal sealed class OpenSockets : IDisposable
{
    private readonly ConcurrentDictionary<PeerSocket, bool> _sockets = new();
    private readonly CancellationTokenRegistration _stopping;

    public OpenSockets(IHostApplicationLifetime lifetime) =>
        _stopping = lifetime.ApplicationStopping.Register(CloseAll);

    public int Count => _sockets.Count;

    public void Add(PeerSocket socket) => _sockets[socket] = true;

    public void Remove(PeerSocket socket) => _sockets.TryRemove(socket, out _);

    public void Dispose() => _stopping.Dispose();

    private void CloseAll()
    {
        foreach (var (socket, _) in _sockets)
            socket.Close(CloseStatus.GoingAway, "Server stops");
    }
}
