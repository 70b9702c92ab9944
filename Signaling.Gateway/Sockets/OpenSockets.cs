using System.Collections.Concurrent;
using Signaling.Actors.Connections;

namespace Signaling.Gateway.Sockets;

/// <summary>The sockets that are open now.</summary>
internal sealed class OpenSockets
{
    /// <summary>What peers are told when the node stops, with status 1001.</summary>
    public const string Farewell = "Server stops";

    private readonly ConcurrentDictionary<PeerSocket, bool> _sockets = new();
    private readonly CrowdMemory _memory = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _none;
    private volatile bool _closing;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Those of this moment.</summary>
    public PeerSocket[] All => [.. _sockets.Keys];

    public void Add(PeerSocket socket)
    {
        _sockets[socket] = true;
        lock (_gate)
            _memory.Note(++_count);

        // One whose handshake the stop has overtaken.
        if (_closing)
            SayFarewell(socket);
    }

    public void Remove(PeerSocket socket)
    {
        if (!_sockets.TryRemove(socket, out _))
            return;

        TaskCompletionSource? none = null;
        lock (_gate)
        {
            _memory.Note(--_count);
            if (_count == 0)
                (none, _none) = (_none, null);
        }

        none?.SetResult();
    }

    /// <summary>Completes when no socket is open.</summary>
    public Task UntilNone()
    {
        lock (_gate)
        {
            if (_count == 0)
                return Task.CompletedTask;

            _none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _none.Task;
        }
    }

    /// <summary>Closes from now on whatever comes.</summary>
    public void CloseNew() => _closing = true;

    /// <summary>Closes all, and whatever comes.</summary>
    public void CloseAll()
    {
        CloseNew();
        foreach (var socket in All)
            SayFarewell(socket);
    }

    /// <summary>Drops all that are still open.</summary>
    /// <returns>How many they were.</returns>
    public int AbortAll()
    {
        var all = All;
        foreach (var socket in all)
            socket.Abort();
        return all.Length;
    }

    /// <summary>Tells a peer that the node stops.</summary>
    public static void SayFarewell(PeerSocket socket) => socket.Close(CloseStatus.GoingAway, Farewell);
}
