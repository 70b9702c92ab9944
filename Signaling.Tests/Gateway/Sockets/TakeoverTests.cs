using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>A peer whose connection dropped comes again, while its old socket still looks alive.</summary>
public sealed class TakeoverTests : IAsyncLifetime
{
    private TestNode _node = null!;

    public async Task InitializeAsync() => _node = await TestNode.StartAsync(options =>
        options.Apps.Single(app => app.Path is "/callapp").Takeover = Takeover.NewestWins);

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Where_the_newest_wins_the_holder_is_told_and_keeps_its_links()
    {
        await using var old = await TestPeer.ListenAsync(_node.App("/callapp"), "room");
        await using var guest = await TestPeer.ConnectAsync(_node.App("/callapp"));
        await guest.SendAsync(Frame.Of(EventType.NewConnection, 1, "room"));
        await guest.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
        await old.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));

        await using var again = await TestPeer.ListenAsync(_node.App("/callapp"), "room");

        await old.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
        await guest.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 1, "x"u8));
        await old.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, "x"u8));
    }

    [Fact]
    public async Task Where_nothing_is_said_the_holder_keeps_it()
    {
        await using var holder = await TestPeer.ListenAsync(_node.App("/chatapp"), "room");
        await using var second = await TestPeer.ConnectAsync(_node.App("/chatapp"));

        await second.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "room"));

        await second.ExpectAsync(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, "room"));
        await holder.ExpectNothingAsync();
    }
}
