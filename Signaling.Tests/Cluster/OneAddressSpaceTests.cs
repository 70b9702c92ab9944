using System.Security.Cryptography;
using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

public sealed class OneAddressSpaceTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const short NoId = FrameHeader.NoId;
    private Uri FirstCall => nodes.First.App("/callapp");
    private Uri SecondCall => nodes.Second.App("/callapp");

    public static TheoryData<string> Names => [.. Enumerable.Range(0, 12).Select(i => $"space-{i}")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_peer_of_one_node_connects_to_a_listener_of_the_other_and_frames_pass_both_ways(string address)
    {
        await using var listener = await TestPeer.ListenAsync(FirstCall, address);
        await using var guest = await TestPeer.ConnectAsync(SecondCall);
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

    [Fact]
    public async Task An_address_held_on_one_node_is_denied_on_the_other()
    {
        await using var holder = await TestPeer.ListenAsync(FirstCall, "held");
        await using var other = await TestPeer.ConnectAsync(SecondCall);
        await other.SendAsync(Frame.Of(EventType.ServerInitialized, NoId, "held"));
        await other.ExpectAsync(Frame.Of(EventType.ServerInitFailed, NoId, "held"));
    }

    [Fact]
    public async Task Once_a_peer_knows_that_it_has_released_an_address_any_peer_anywhere_gets_it()
    {
        await using var first = await TestPeer.ConnectAsync(FirstCall);
        await using var second = await TestPeer.ConnectAsync(SecondCall);
        for (var i = 0; i < 200; i++)
        {
            var (holder, next) = i % 2 == 0 ? (first, second) : (second, first);
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
    }

    [Fact]
    public async Task Three_peers_on_two_nodes_share_an_address_and_are_all_linked()
    {
        const string Room = "room";
        await using var a = await TestPeer.ListenAsync(nodes.First.App("/conferenceapp"), Room);
        await using var b = await TestPeer.ListenAsync(nodes.Second.App("/conferenceapp"), Room);
        await a.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        await b.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        await using var c = await TestPeer.ListenAsync(nodes.First.App("/conferenceapp"), Room);
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
    [MemberData(nameof(Names))]
    public async Task A_message_of_exactly_the_largest_size_crosses_nodes_intact(string name)
    {
        var address = "large " + name;
        var data = RandomNumberGenerator.GetBytes((1024 * 1024) - FrameHeader.DataOffset);
        await using var listener = await TestPeer.ListenAsync(FirstCall, address);
        await using var guest = await TestPeer.ConnectAsync(SecondCall);
        await guest.SendAsync(Frame.Of(EventType.NewConnection, 1, address));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
        await listener.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));

        await guest.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 1, data));
        await listener.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, data));
        await listener.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, data));
        await guest.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, 1, data));
    }

    private static async Task Exchange(TestPeer left, short leftId, TestPeer right, short rightId)
    {
        await left.SendAsync(Frame.Of(EventType.ReliableMessageReceived, leftId, "to right"u8));
        await right.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, rightId, "to right"u8));
        await right.SendAsync(Frame.Of(EventType.ReliableMessageReceived, rightId, "to left"u8));
        await left.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, leftId, "to left"u8));
    }
}
