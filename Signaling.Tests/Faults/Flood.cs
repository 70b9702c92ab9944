using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>A peer that says large messages over some links as fast as its socket takes them, and listens besides.</summary>
internal sealed class Flood : IPeerEvents, IAsyncDisposable
{
    /// <summary>Bytes of data of each of its messages.</summary>
    public const int Size = 16 * 1024;

    private const short FirstGuest = 16384;

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<short> _links = [];
    private readonly Lock _lock = new();
    private readonly int _mostPerLink;
    private Task _flooding = Task.CompletedTask;
    private volatile bool _stopped;
    private long _bytes;

    private Flood(int mostPerLink) => _mostPerLink = mostPerLink;

    public FaultPeer Peer { get; private set; } = null!;

    /// <summary>When a link opened to it, or it was answered, the last time.</summary>
    public Moment? Opened { get; private set; }

    /// <summary>What its socket has taken.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>When its socket took a message the last time.</summary>
    public Moment LastTaken { get; private set; }

    /// <summary>How many of its links have opened, and how many of them have ended with 8.</summary>
    public (int Opened, int Ended) Links { get; private set; }

    public PeerEnd? End { get; private set; }

    /// <summary>All its links have ended, or its socket has.</summary>
    public Task Over => _over.Task;

    /// <summary>Connects, says something, and floods every link that opens to it.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="request">What it says first.</param>
    /// <param name="reads">Whether it reads anything; if not, it floods <paramref name="link"/> at once.</param>
    /// <param name="link">A link that it opens itself.</param>
    /// <param name="mostPerLink">How many messages it says to each link at most.</param>
    public static async Task<Flood> StartAsync(Uri url, byte[] request, bool reads = true, short? link = null, int mostPerLink = int.MaxValue)
    {
        var flood = new Flood(mostPerLink);
        using var late = new CancellationTokenSource(Promises.Answer);
        flood.Peer = await FaultPeer.ConnectAsync(url, flood, late.Token, reads);
        await flood.Peer.SendAsync(request);
        if (!reads && link is { } id)
            flood.Open(id);
        return flood;
    }

    /// <summary>Floods links that it is not told of, because it reads nothing: those of its first guests.</summary>
    public void FloodFirstGuests(int count)
    {
        for (var i = 0; i < count; i++)
            Open((short)(FirstGuest + i));
    }

    public async ValueTask DisposeAsync()
    {
        _stopped = true;
        Peer.Dispose();
        await _flooding;
    }

    void IPeerEvents.OnMessage(FaultPeer peer, ReadOnlySpan<byte> message, Moment at)
    {
        if (!FrameHeader.TryRead(message, out var header))
            return;
        if (header.Type == EventType.NewConnection)
        {
            Open(header.Id);
        }
        else if (header.Type == EventType.Disconnected)
        {
            lock (_lock)
            {
                _links.Remove(header.Id);
                Links = (Links.Opened, Links.Ended + 1);
                if (_links.Count == 0)
                    _over.TrySetResult();
            }
        }
    }

    void IPeerEvents.OnEnd(FaultPeer peer, PeerEnd end)
    {
        End = end;
        _stopped = true;
        _over.TrySetResult();
    }

    private void Open(short link)
    {
        lock (_lock)
        {
            _links.Add(link);
            Links = (Links.Opened + 1, Links.Ended);
            Opened = Moment.Now;
            if (Links.Opened == 1)
                _flooding = Task.Run(FloodAsync);
        }
    }

    private async Task FloodAsync()
    {
        var data = new byte[Size];
        var said = new Dictionary<short, int>();
        using var idle = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_stopped)
        {
            short[] links;
            lock (_lock)
                links = [.. _links.Where(link => said.GetValueOrDefault(link) < _mostPerLink)];
            foreach (var link in links)
            {
                await Peer.SendAsync(Frame.Of(EventType.ReliableMessageReceived, link, data));
                said[link] = said.GetValueOrDefault(link) + 1;
                Interlocked.Add(ref _bytes, Size);
                LastTaken = Moment.Now;
                if (_stopped)
                    return;
            }

            if (links.Length == 0)
                await idle.WaitForNextTickAsync();
        }
    }
}
