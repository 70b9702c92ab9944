using System.ComponentModel;
using Signaling.Actors.Dispatch;

namespace Signaling.Gateway.Transport;

/// <summary>
/// A thread that hears of its connections and does all that follows: what has come for many of them at once is one chain, so
/// that what it has for one of them leaves at once. Nothing on it may block.
/// </summary>
internal sealed class EventLoop
{
    private const int MostAtOnce = 256;

    private static readonly Lazy<EventLoop[]> All = new(
        () => [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new EventLoop())]);

    private static uint _turn;

    private readonly int _epoll = Kernel.Create();
    private readonly byte[] _events = new byte[MostAtOnce * Kernel.EventSize];
    private readonly Lock _gate = new();
    private readonly Stack<int> _free = [];
    private SocketConnection?[] _connections = new SocketConnection?[64];
    private int _used;
    private int _key;

    private EventLoop() => new Thread(Run) { IsBackground = true, Name = "peers" }.Start();

    /// <summary>One of the process' loops, of which it has one for each processor, by turns.</summary>
    public static EventLoop Next()
    {
        var all = All.Value;
        return all[Interlocked.Increment(ref _turn) % all.Length];
    }

    /// <summary>Takes a connection on.</summary>
    /// <exception cref="Win32Exception">The kernel watches as many sockets as it may.</exception>
    public void Add(SocketConnection connection)
    {
        lock (_gate)
        {
            if (!_free.TryPop(out var slot))
                slot = _used++;
            if (slot == _connections.Length)
                Array.Resize(ref _connections, slot * 2);
            connection.Key = ((long)++_key << 32) | (uint)slot; // no two alike, as an event may be late
            Volatile.Write(ref _connections[slot], connection);
        }

        try
        {
            Kernel.Add(_epoll, connection.Socket.SafeHandle, connection.Key);
        }
        catch
        {
            Remove(connection);
            throw;
        }
    }

    /// <summary>Lets a connection go, which is about to close its socket.</summary>
    public void Remove(SocketConnection connection)
    {
        var slot = (int)(uint)connection.Key;
        lock (_gate)
        {
            if (_connections[slot] != connection)
                return;

            _connections[slot] = null;
            _free.Push(slot);
        }
    }

    /// <summary>Tells a connection too when there is room to write.</summary>
    public void AskForRoom(SocketConnection connection) => Kernel.AddOut(_epoll, connection.Socket.SafeHandle, connection.Key);

    private void Run()
    {
        while (true)
        {
            var count = Kernel.Wait(_epoll, _events);
            Chain.Begin(static batch => batch.Loop.Tell(batch.Count), (Loop: this, Count: count), chains: count);
        }
    }

    private void Tell(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (events, key) = Kernel.Read(_events, i);
            if (Volatile.Read(ref _connections)[(int)(uint)key] is { } connection && connection.Key == key)
                connection.Happened(events);
        }
    }
}
