namespace Signaling.Gateway.Sockets;

/// <summary>
/// How much of what a socket has read may still wait for its connection. When it is used up the socket is not read, and
/// TCP slows the peer down.
/// </summary>
internal sealed class ReadCredit
{
    private const int Limit = 64 * 1024;
    private const int PerMessage = 64; // what a message costs besides its bytes
    private readonly Lock _gate = new();
    private long _waiting;
    private bool _released;
    private TaskCompletionSource<bool>? _room;

    /// <summary>
    /// Counts a message that is handed over; completes when the next one may be, with false when none is to be any more.
    /// </summary>
    public Task<bool> TakeAsync(int bytes)
    {
        lock (_gate)
        {
            _waiting += (long)bytes + PerMessage;
            if (_waiting < Limit || _released)
                return Task.FromResult(_waiting < Limit);

            _room ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Counts a message that has been dealt with.</summary>
    public void Return(int bytes)
    {
        TaskCompletionSource<bool>? room = null;
        lock (_gate)
        {
            _waiting -= (long)bytes + PerMessage;
            if (_waiting < Limit)
                (room, _room) = (_room, null);
        }

        room?.SetResult(true);
    }

    /// <summary>Ends the waiting for good: what finds no room from here on is thrown away.</summary>
    public void Release()
    {
        TaskCompletionSource<bool>? room;
        lock (_gate)
        {
            _released = true;
            (room, _room) = (_room, null);
        }

        room?.SetResult(false);
    }
}
