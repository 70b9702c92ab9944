using System.Security.Cryptography;
using Signaling.Actors.Protocol;
using Signaling.Tests.Compatibility;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>In two nodes of this process.</summary>
public sealed class TwoNodesAddressSpaceTests(TwoNodes nodes) : OneAddressSpaceTests(nodes), IClassFixture<TwoNodes>;

/// <summary>Over three processes.</summary>
[Collection(ThreeNodes.Collection)]
public sealed class ThreeNodesAddressSpaceTests(ThreeNodes nodes) : OneAddressSpaceTests(nodes);

/// <summary>Wherever in a cluster peers connect, they meet.</summary>
public abstract class OneAddressSpaceTests(IServerUnderTest server)
{
    private const short NoId = FrameHeader.NoId;

    public static TheoryData<int> Addresses => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_peer_of_one_node_connects_to_a_listener_of_another_and_frames_pass_both_ways(int i)
    {
        var address = $"space-{i}";
        await using var listener = await TestPeer.ListenAsync(Call(i), address);
        await using var guest = await TestPeer.ConnectAsync(Call(i + 1));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, 1, address));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
        await listener.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));

        await guest.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 1, "offer"u8));
        await listener.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, "offer"u8));
        await listener.SendAsync(Frame.Of(EventType.UnreliableMessageReceived, 16384, "answer"u8));
        await guest.ExpectAsync(Frame.Of(EventType.UnreliableMessageReceived, 1, "answer"u8));

        await guest.CloseAsync();
        await listener.ExpectAsync(Frame.Of(EventType.Disconnected, 16384));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task An_address_held_on_one_node_is_denied_on_all(int i)
    {
        var address = $"held-{i}";
        await using var holder = await TestPeer.ListenAsync(Call(i), address);
        for (var node = 0; node < server.Nodes.Count; node++)
        {
            await using var other = await TestPeer.ConnectAsync(Call(node));
            await other.SendAsync(Frame.Of(EventType.ServerInitialized, NoId, address));
            await other.ExpectAsync(Frame.Of(EventType.ServerInitFailed, NoId, address));
        }
    }

    [Fact]
    public async Task Once_a_peer_knows_that_it_has_released_an_address_any_peer_anywhere_gets_it()
    {
        var peers = await Task.WhenAll(Enumerable.Range(0, server.Nodes.Count).Select(i => TestPeer.ConnectAsync(Call(i))));
        for (var i = 0; i < 200; i++)
        {
            var (holder, next) = (peers[i % peers.Length], peers[(i + 1) % peers.Length]);
            var address = $"passed on {i}";
            await holder.SendAsync(Frame.Of(EventType.ServerInitialized, NoId, address));
            await holder.ExpectAsync(Frame.Of(EventType.ServerInitialized, NoId, address));
            await holder.SendAsync(Frame.Of(EventType.ServerClosed, NoId));
            await holder.ExpectAsync(Frame.Of(EventType.ServerClosed, NoId));

            await next.SendAsync(Frame.Of(EventType.ServerInitialized, NoId, address));
            await next.ExpectAsync(Frame.Of(EventType.ServerInitialized, NoId, address));
            await next.SendAsync(Frame.Of(EventType.ServerClosed, NoId));
            await next.ExpectAsync(Frame.Of(EventType.ServerClosed, NoId));
        }

        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Three_peers_on_several_nodes_share_an_address_and_are_all_linked()
    {
        const string Room = "room";
        await using var a = await TestPeer.ListenAsync(On(0, "/conferenceapp"), Room);
        await using var b = await TestPeer.ListenAsync(On(1, "/conferenceapp"), Room);
        await a.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        await b.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        await using var c = await TestPeer.ListenAsync(On(2, "/conferenceapp"), Room);
        await a.ExpectAsync(Frame.Of(EventType.NewConnection, 16385));
        await b.ExpectAsync(Frame.Of(EventType.NewConnection, 16385));
        await c.ExpectAsync(Frame.Of(EventType.NewConnection, 16384), Frame.Of(EventType.NewConnection, 16385));

        await Exchange(a, 16384, b, 16384);
        await Exchange(a, 16385, c, 16384);
        await Exchange(b, 16385, c, 16385);

        await b.CloseAsync();
        await a.ExpectAsync(Frame.Of(EventType.Disconnected, 16384));
        await c.ExpectAsync(Frame.Of(EventType.Disconnected, 16385));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_message_of_exactly_the_largest_size_crosses_nodes_intact(int i)
    {
        var address = $"large-{i}";
        var data = RandomNumberGenerator.GetBytes((1024 * 1024) - FrameHeader.DataOffset);
        await using var listener = await TestPeer.ListenAsync(Call(i), address);
        await using var guest = await TestPeer.ConnectAsync(Call(i + 1));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, 1, address));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
        await listener.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));

        await guest.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 1, data));
        await listener.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, data));
        await listener.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, data));
        await guest.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, 1, data));
    }

    private Uri Call(int node) => On(node, "/callapp");

    private Uri On(int node, string app) => new(server.Nodes[node % server.Nodes.Count], app);

    private static async Task Exchange(TestPeer left, short leftId, TestPeer right, short rightId)
    {
        await left.SendAsync(Frame.Of(EventType.ReliableMessageReceived, leftId, "to right"u8));
        await right.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, rightId, "to right"u8));
        await right.SendAsync(Frame.Of(EventType.ReliableMessageReceived, rightId, "to left"u8));
        await left.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, leftId, "to left"u8));
    }
}
