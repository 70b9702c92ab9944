using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Actors.Addresses;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Sockets;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>What is left of sockets that end, whoever ends them.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_thousand_that_come_and_leave_at_once_leave_nothing_behind()
    {
        var sockets = _node.Services.GetRequiredService<OpenSockets>();
        var before = Actors.Length;

        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (i, _) =>
        {
            using var peer = await BarePeer.ConnectAsync(_node.WebSocket, "/callapp");
            await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, $"{i / 2}"));
            if (i % 3 == 0)
                await peer.SendAsync(Frame.Of(EventType.NewConnection, 1, $"{i / 2 - 1}"));
            if (i % 5 == 0)
                await peer.SendFrameAsync(BarePeer.Close, []);
        });

        await Eventually.BecomesAsync(() => sockets.Count, count => count == 0, Patience);
        await Eventually.BecomesAsync(() => Actors.Length, count => count == before, Patience);
        await Eventually.BecomesAsync(AddressesAsync, count => count == 0, Patience);
        await using var next = await TestPeer.ListenAsync(_node.App("/callapp"), "0");
    }

    [Fact]
    public async Task A_connection_that_fails_closes_its_own_socket_and_no_other()
    {
        await using var holder = await TestPeer.ListenAsync(_node.App("/callapp"), "held");
        var before = Actors;
        await using var peer = await TestPeer.ListenAsync(_node.App("/callapp"), "failing");
        var actor = Assert.Single(Actors.Except(before));

        actor.Tell(Kill.Instance);

        Assert.Equal((1001, "Server stopped"), await peer.ExpectCloseAsync());
        await holder.ExpectNothingAsync();
        await using var guest = await TestPeer.ConnectAsync(_node.App("/callapp"));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, 1, "held"));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
    }

    [Fact]
    public async Task A_server_that_stops_says_so_to_each_peer_and_waits_for_none_that_keeps_silent()
    {
        await using var polite = await TestPeer.ListenAsync(_node.App("/callapp"), "polite");
        using var silent = await BarePeer.ConnectAsync(_node.WebSocket, "/callapp");
        await silent.SendAsync(Frame.Heartbeat());
        await silent.ReadAsync();

        var stopped = _node.StopAsync();

        Assert.Equal((1001, "Server stops"), await polite.ExpectCloseAsync());
        await polite.CloseAsync();
        Assert.Equal(BarePeer.Close, (await silent.ReadAsync())?.Opcode);
        await stopped.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Null(await silent.ReadAsync());
    }

    private IActorRef[] Actors => [.. ((ActorRefWithCell)((ExtendedActorSystem)_node.System).Guardian).Children];

    private async Task<int> AddressesAsync()
    {
        var region = ActorRegistry.For(_node.System).Get<AddressActor>();
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Patience);
        return state.Shards.Sum(shard => shard.EntityIds.Count);
    }
}
