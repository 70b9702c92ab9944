using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Limits;

/// <summary>That the service's limits of links and listeners reach the connections, which keep them.</summary>
public sealed class LinkLimitTests
{
    [Fact]
    public async Task A_peer_has_as_many_links_as_the_limit()
    {
        await using var node = await TestNode.StartAsync(options => options.Limits.LinksPerPeer = 1);
        await using var first = await TestPeer.ListenAsync(node.App("/test"), "a");
        await using var second = await TestPeer.ListenAsync(node.App("/test"), "b");
        await using var guest = await TestPeer.ConnectAsync(node.App("/test"));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, 1, "a"));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, 1));

        await guest.SendAsync(Frame.Of(EventType.NewConnection, 2, "b"));

        await guest.ExpectAsync(Frame.Of(EventType.ConnectionFailed, 2));
    }

    [Fact]
    public async Task A_shared_address_has_as_many_listeners_as_the_limit()
    {
        await using var node = await TestNode.StartAsync(options => options.Limits.ListenersPerAddress = 1);
        await using var first = await TestPeer.ListenAsync(node.App("/testshared"), "a");
        await using var second = await TestPeer.ConnectAsync(node.App("/testshared"));

        await second.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "a"));

        await second.ExpectAsync(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, "a"));
    }
}
