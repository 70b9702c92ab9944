using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>Peers that hold their TCP connection and do nothing else.</summary>
public sealed class DeadPeerTests
{
    private const short Link = 1;
    private const short Guest = 16384;
    private static readonly byte[] Address = Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "dead");
    private static readonly byte[] LargeFrame = Frame.Of(EventType.ReliableMessageReceived, Link, new byte[32 * 1024]);

    [Fact]
    public async Task One_that_answers_no_ping_is_dropped_and_its_partner_told()
    {
        await using var node = await TestNode.StartAsync(options =>
            options.Sockets.PingInterval = options.Sockets.PongTimeout = TimeSpan.FromSeconds(1));
        using var dead = await ListenAsync(node);
        await using var partner = await ConnectAsync(node);

        // Which answers pings meanwhile, as any client does.
        await partner.ExpectAsync(Frame.Of(EventType.Disconnected, Link));
        await partner.ExpectNothingAsync();
        Assert.Equal((BarePeer.Binary, Frame.Of(EventType.NewConnection, Guest)), await dead.ReadAsync());
        Assert.Equal(BarePeer.Ping, (await dead.ReadAsync())?.Opcode);
        Assert.Null(await dead.ReadAsync());
    }

    [Fact]
    public async Task One_that_reads_nothing_while_its_partner_sends_is_dropped_and_nobody_else_suffers()
    {
        const long Most = 32 * 1024 * 1024; // the buffers of the system, by far
        await using var node = await TestNode.StartAsync(options => options.Sockets.SendQueueBytes = 64 * 1024);
        using var dead = await ListenAsync(node);
        await using var partner = await ConnectAsync(node);
        await using var other = await TestPeer.ListenAsync(node.App("/callapp"), "other");
        await using var third = await TestPeer.ConnectAsync(node.App("/callapp"));
        await third.SendAsync(Frame.Of(EventType.NewConnection, Link, "other"));
        await third.ExpectAsync(Frame.Of(EventType.NewConnection, Link));
        await other.ExpectAsync(Frame.Of(EventType.NewConnection, Guest));

        var dropped = partner.ReceiveAsync();
        long sent = 0;
        for (; !dropped.IsCompleted; sent += LargeFrame.Length)
        {
            Assert.True(sent < Most, $"The server has taken {sent} bytes for a peer that does not read.");
            await partner.SendAsync(LargeFrame);
            await third.SendAsync(Frame.Of(EventType.ReliableMessageReceived, Link, "more"u8));
            await other.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, Guest, "more"u8));
        }

        Assert.Equal(Frame.Of(EventType.Disconnected, Link), await dropped);
        await partner.ExpectNothingAsync();
        await using var next = await TestPeer.ListenAsync(node.App("/callapp"), "dead");
    }

    [Fact]
    public async Task One_that_takes_too_long_for_a_single_write_is_dropped_and_its_partner_told()
    {
        await using var node = await TestNode.StartAsync(options =>
        {
            options.Sockets.SendTimeout = TimeSpan.FromSeconds(1);
            options.Sockets.SendQueueBytes = int.MaxValue;
        });
        using var dead = await ListenAsync(node);
        await using var partner = await ConnectAsync(node);

        // More than the system buffers, and then nothing more: no overflow, just a write that does not end.
        for (var sent = 0; sent < 24 * 1024 * 1024; sent += LargeFrame.Length)
            await partner.SendAsync(LargeFrame);

        await partner.ExpectAsync(Frame.Of(EventType.Disconnected, Link));
        await partner.ExpectNothingAsync();
    }

    private static async Task<BarePeer> ListenAsync(TestNode node)
    {
        var peer = await BarePeer.ConnectAsync(node.WebSocket, "/callapp", receiveBuffer: 64 * 1024);
        await peer.SendAsync(Address);
        Assert.Equal((BarePeer.Binary, Address), await peer.ReadAsync());
        return peer;
    }

    private static async Task<TestPeer> ConnectAsync(TestNode node)
    {
        var peer = await TestPeer.ConnectAsync(node.App("/callapp"));
        await peer.SendAsync(Frame.Of(EventType.NewConnection, Link, "dead"));
        await peer.ExpectAsync(Frame.Of(EventType.NewConnection, Link));
        return peer;
    }
}
