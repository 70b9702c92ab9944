namespace Signaling.Gateway.Sockets;

/// <summary>
/// Keeps the process as small as what lives in it when a crowd of peers has come, or one of connections has gone. Afterwards little is
/// allocated, so the collector has no reason to run for long, and what thousands of handshakes or of gone peers have cost would stay
/// with the process.
/// </summary>
internal sealed class CrowdMemory
{
    private const int Crowd = 1_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private int _connections;
    private int _mostOpen;
    private int _sockets;
    private int _leastSockets;
    private bool _settling;

    /// <summary>A connection has come, which may become a socket.</summary>
    public void ConnectionCame() => Note(connections: 1, sockets: 0);

    /// <summary>A connection has gone.</summary>
    public void ConnectionWent() => Note(connections: -1, sockets: 0);

    /// <summary>A peer's socket has come.</summary>
    public void SocketCame() => Note(connections: 0, sockets: 1);

    /// <summary>A peer's socket has gone.</summary>
    public void SocketWent() => Note(connections: 0, sockets: -1);

    // A collection stops everybody for as long as it takes to move all that lives. So a crowd is worth one only where it is large beside
    // those who were there, and one that has not become sockets is not worth any: it is about to be dropped.
    private bool HasCome => _sockets - _leastSockets >= Math.Max(Crowd, _leastSockets / 2);

    private bool HasGone => _mostOpen - Open >= Math.Max(Crowd, _mostOpen / 2);

    // An application that embeds the service tells of its sockets alone.
    private int Open => Math.Max(Volatile.Read(ref _connections), Volatile.Read(ref _sockets));

    private void Note(int connections, int sockets)
    {
        lock (_gate)
        {
            _connections += connections;
            _sockets += sockets;
            _mostOpen = Math.Max(_mostOpen, Open);
            _leastSockets = Math.Min(_leastSockets, _sockets);
            if (_settling || !(HasCome || HasGone))
                return;

            _settling = true;
        }

        _ = CollectOnceSettledAsync();
    }

    private async Task CollectOnceSettledAsync()
    {
        int before;
        do
        {
            before = Open;
            await Task.Delay(Settling);
        }
        while (Math.Abs(Open - before) >= Crowd / 10);

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        lock (_gate)
        {
            (_mostOpen, _leastSockets) = (Open, _sockets);
            _settling = false;
        }
    }
}
