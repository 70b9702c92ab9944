using System.Collections.Concurrent;
using System.Net.WebSockets;
using Signaling.Actors.Connections;
using Signaling.Gateway.WebSockets;

namespace Signaling.Gateway.Sockets;

/// <summary>The sockets that are open now.</summary>
internal sealed class OpenSockets(CrowdMemory memory)
{
    /// <summary>What peers are told when the node stops, with status 1001.</summary>
    public static readonly CloseFrame Farewell = new((WebSocketCloseStatus)CloseStatus.GoingAway, "Server stops");

    /// <summary>The second in which no token expires.</summary>
    public const uint Never = uint.MaxValue;

    private static readonly CloseFrame TokenExpired = new(WebSocketCloseStatus.PolicyViolation, "Token expired");

    // Each with the second from which on it is closed.
    private readonly ConcurrentDictionary<PeerSocket, uint> _sockets = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _none;
    private bool _closing;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Those of this moment.</summary>
    public PeerSocket[] All => [.. _sockets.Keys];

    /// <summary>Adds a socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="until">The second since 1970 in which its token has expired, where that closes it.</param>
    /// <returns>False where no more are taken: the socket's handshake was overtaken, and it is to be closed.</returns>
    public bool TryAdd(PeerSocket socket, uint until = Never)
    {
        lock (_gate)
        {
            if (_closing)
                return false;

            _sockets[socket] = until;
            _count++;
            memory.SocketCame();
            return true;
        }
    }

    public void Remove(PeerSocket socket)
    {
        if (!_sockets.TryRemove(socket, out _))
            return;

        memory.SocketWent();
        TaskCompletionSource? none = null;
        lock (_gate)
        {
            if (--_count == 0)
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

    /// <summary>Pings those that are silent, drops the dead, and closes those whose tokens have expired.</summary>
    public void LookAfterAll(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        foreach (var (socket, until) in _sockets)
        {
            if (until <= second)
                socket.Close(TokenExpired);
            socket.LookAfter();
        }
    }

    /// <summary>Takes no more from now on.</summary>
    public void TakeNoMore()
    {
        lock (_gate)
            _closing = true;
    }

    /// <summary>Closes all, and takes no more.</summary>
    public void CloseAll()
    {
        TakeNoMore();
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
    public static void SayFarewell(PeerSocket socket) => socket.Close(Farewell);
}
