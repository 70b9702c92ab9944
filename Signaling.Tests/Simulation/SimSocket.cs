namespace Signaling.Tests.Simulation;

/// <summary>
/// The socket between a connection and its peer. What the server writes is *written* when the transport has taken it, which
/// holds little; a peer that doesn't read fills it. What the peer says waits outside while the server's credit is used up.
/// </summary>
/// <param name="connection">The server's end.</param>
/// <param name="peer">The peer.</param>
/// <param name="capacity">How much the transport holds, in bytes.</param>
/// <param name="latency">How long it takes either way, in ms.</param>
/// <param name="isSlow">Whether a write is never done at once.</param>
internal sealed class SimSocket(SimConnection connection, SimPeer peer, int capacity, long latency, bool isSlow) : SimActor
{
    private const int PerFrame = 64;
    private const long Arrive = 0;
    private const long Closed = 1;
    private readonly Queue<(int Length, PeerLink? From, SentName Name, Word Word)> _waiting = new();
    private readonly Queue<(int Length, Word Word)> _transit = new();
    private int _stalled; // of those in transit, how many have arrived while the peer did not read
    private long _inTransit;
    private bool _writing;
    private bool _broken;

    /// <summary>How many messages are written.</summary>
    public long Written { get; private set; }

    /// <summary>Bytes that wait to be written.</summary>
    public long Waiting { get; private set; }

    public bool IsIdle => _waiting.Count == 0;

    public bool IsBroken => _broken;

    public long Latency => latency;

    private World World => peer.World;

    /// <summary>The server writes a message.</summary>
    public void Send(int length, PeerLink? from, SentName name, Word word)
    {
        if (_broken)
        {
            Written++;
            Forget(length, from, name);
            return;
        }

        _waiting.Enqueue((length, from, name, word));
        Waiting += length;
        Write();
    }

    /// <summary>A write that took a while is done.</summary>
    public void WriteIsDone()
    {
        _writing = false;
        if (_broken)
            return;
        Complete();
        Write();
    }

    /// <summary>Nothing more goes through. What waits counts as written.</summary>
    public void Break()
    {
        _broken = true;
        while (_waiting.TryDequeue(out var frame))
        {
            Written++;
            Forget(frame.Length, frame.From, frame.Name);
        }

        Waiting = 0;
        World.Timeline.Add(World.Now + latency, this, null, Closed);
    }

    /// <summary>The peer reads again.</summary>
    public void Resume()
    {
        for (; _stalled > 0; _stalled--)
            World.Timeline.Add(World.Now + 1, this, null, Arrive);
    }

    public override void Handle(object? message, long number)
    {
        if (number == Closed)
        {
            peer.SocketClosed();
            return;
        }

        if (peer.IsStalled)
        {
            _stalled++;
            return;
        }

        var (length, word) = _transit.Dequeue();
        _inTransit -= length + PerFrame;
        peer.Read(word);
        if (!_writing && !_broken && _waiting.Count > 0)
            Write();
    }

    /// <summary>Hands the transport what it has room for.</summary>
    public void Write()
    {
        var wrote = false;
        if (_broken)
            return;
        while (!_writing && _waiting.TryPeek(out var frame) && (_inTransit == 0 || _inTransit + frame.Length <= capacity))
        {
            if (!connection.Node.MayAct())
                break;
            if (isSlow)
            {
                _writing = true;
                connection.CompleteLater(1 + (World.Now & 3));
                break;
            }

            Complete();
            wrote = true;
        }

        if (wrote)
            connection.HasWritten();
    }

    private void Complete()
    {
        var (length, from, name, word) = _waiting.Dequeue();
        Waiting -= length;
        Written++;
        Forget(length, from, name);
        _inTransit += length + PerFrame;
        _transit.Enqueue((length, word));
        World.Timeline.Add(World.Now + latency, this, null, Arrive);
    }

    private void Forget(int length, PeerLink? from, SentName name)
    {
        if (from is not null)
            connection.Memory.Wrote(from, name, length);
    }
}
