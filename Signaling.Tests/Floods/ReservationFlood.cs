using Signaling.Actors.Protocol;
using Signaling.Tests.Cluster;
using Signaling.Tests.Peers;

namespace Signaling.Tests.Floods;

/// <summary>
/// Peers of one token that reserve one address after the other, each as often as it can, a hundred thousand together over all turns:
/// each has one address at a time, and leaves one that is empty behind.
/// </summary>
internal sealed class ReservationFlood : IFlood
{
    private const int Peers = 50;
    private const int PerPeer = 700;

    private static int _turns;

    private readonly List<BarePeer> _peers = [];
    private Task _reserving = Task.CompletedTask;
    private long _done;

    public long Done => Interlocked.Read(ref _done);

    public static async Task<IFlood> StartAsync(NodeProcess node, string token)
    {
        var flood = new ReservationFlood();
        var turn = Interlocked.Increment(ref _turns);
        for (var i = 0; i < Peers; i++)
            flood._peers.Add(await BarePeer.ConnectAsync(node.WebSocket, $"/callapp?userToken={token}", Sources.One));
        flood._reserving = Task.WhenAll(flood._peers.Select((peer, i) => flood.ReserveAsync(peer, $"{turn} {i}")));
        return flood;
    }

    public async ValueTask DisposeAsync()
    {
        await _reserving;
        foreach (var peer in _peers)
            peer.Dispose();
    }

    private async Task ReserveAsync(BarePeer peer, string name)
    {
        for (var i = 0; i < PerPeer; i++)
        {
            var reserve = Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, $"reserved {name} {i}");
            await peer.SendAsync(reserve);
            while (await peer.ReadAsync() is var (_, answer) && answer[0] != (byte)EventType.ServerInitialized)
            {
                // The address before is given back first.
            }

            Interlocked.Increment(ref _done);
        }
    }
}
