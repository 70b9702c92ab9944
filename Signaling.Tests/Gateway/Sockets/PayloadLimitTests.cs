using System.Net.WebSockets;
using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>Limits other than the original's, which the golden traces have.</summary>
public sealed class PayloadLimitTests
{
    [Theory]
    [InlineData(100, false)]
    [InlineData(100, true)]
    [InlineData(10_000, true)]
    public async Task The_configured_limit_is_what_counts(int limit, bool inFragments)
    {
        await using var node = await TestNode.StartAsync(options => options.MaxPayload = limit);
        await using var listener = await TestPeer.ListenAsync(node.App("/test"), "a");
        await using var guest = await TestPeer.ConnectAsync(node.App("/test"));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, 1, "a"));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
        await listener.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));

        await SendAsync(guest, new byte[limit - FrameHeader.DataOffset], inFragments);
        await listener.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, new byte[limit - FrameHeader.DataOffset]));
        await SendAsync(guest, new byte[limit - FrameHeader.DataOffset + 1], inFragments);
        await listener.ExpectAsync(Frame.Of(EventType.Disconnected, 16384));
        Assert.Equal(1009, (await guest.ExpectCloseAsync()).Status);
    }

    [Fact]
    public async Task Without_a_limit_larger_messages_pass()
    {
        const int Size = 3 * 1024 * 1024;
        await using var node = await TestNode.StartAsync(options => options.MaxPayload = 0);
        await using var listener = await TestPeer.ListenAsync(node.App("/test"), "a");
        await using var guest = await TestPeer.ConnectAsync(node.App("/test"));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, 1, "a"));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, 1));

        await SendAsync(guest, new byte[Size], inFragments: false);

        await listener.ExpectAsync(
            Frame.Of(EventType.NewConnection, 16384), Frame.Of(EventType.ReliableMessageReceived, 16384, new byte[Size]));
    }

    private static async Task SendAsync(TestPeer peer, byte[] data, bool inFragments)
    {
        var message = Frame.Of(EventType.ReliableMessageReceived, 1, data);
        var half = inFragments ? message.Length / 2 : 0;
        if (inFragments)
            await peer.SendAsync(message[..half], WebSocketMessageType.Binary, endOfMessage: false);
        await peer.SendAsync(message[half..], WebSocketMessageType.Binary, endOfMessage: true);
    }
}
