using Signaling.Actors.Protocol;

namespace Signaling.Tests.Faults;

/// <summary>Many peers that each hold an address and do nothing else.</summary>
internal sealed class Crowd : IPeerEvents, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FaultPeer[] _peers;
    private readonly SemaphoreSlim _answers = new(0);
    private int _granted;
    private int _told;
    private bool _leaving;

    private Crowd(int size) => _peers = new FaultPeer[size];

    /// <summary>How many have their address.</summary>
    public int Granted => Volatile.Read(ref _granted);

    /// <summary>How many were denied it, lost it or lost their socket.</summary>
    public int Told => Volatile.Read(ref _told);

    /// <summary>Each address is reserved by a peer of its own when this returns.</summary>
    public static async Task<Crowd> ListenAsync(IReadOnlyList<string> addresses, params IReadOnlyList<ClusterNode> nodes)
    {
        var crowd = new Crowd(addresses.Count);
        await Parallel.ForAsync(0, addresses.Count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, late) =>
        {
            crowd._peers[i] = await FaultPeer.ConnectAsync(nodes[i % nodes.Count].App(FaultCluster.App), crowd, late);
            await crowd._peers[i].SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, addresses[i]));
        });
        for (var i = 0; i < addresses.Count; i++)
        {
            if (!await crowd._answers.WaitAsync(Patience))
                throw new InvalidOperationException($"Of {addresses.Count} peers {crowd.Granted} have their address.");
        }

        return crowd;
    }

    public void Dispose()
    {
        _leaving = true;
        foreach (var peer in _peers)
            peer?.Dispose();
        _answers.Dispose();
    }

    void IPeerEvents.OnMessage(FaultPeer peer, ReadOnlySpan<byte> message, Moment at)
    {
        switch ((EventType)message[0])
        {
            case EventType.ServerInitialized:
                Interlocked.Increment(ref _granted);
                _answers.Release();
                break;
            case EventType.ServerInitFailed:
                Interlocked.Increment(ref _told);
                _answers.Release();
                break;
            case EventType.ServerClosed:
                Interlocked.Increment(ref _told);
                break;
        }
    }

    void IPeerEvents.OnEnd(FaultPeer peer, PeerEnd end)
    {
        if (!_leaving)
            Interlocked.Increment(ref _told);
    }
}
