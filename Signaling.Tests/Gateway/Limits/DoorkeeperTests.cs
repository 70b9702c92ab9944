using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Limits;
using Signaling.Gateway.Sockets;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Limits;

/// <summary>How many sockets are let in, by real handshakes from addresses of this machine.</summary>
public sealed class DoorkeeperTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly IPAddress Other = IPAddress.Parse("127.0.0.2");

    [Fact]
    public async Task A_node_that_is_full_sends_peers_elsewhere_and_takes_one_for_each_that_leaves()
    {
        await using var node = await TestNode.StartAsync(options => options.Limits.Sockets = 2);
        using var reached = new ReachedLimits(node.Services);
        await using var first = await OpenAsync(node);
        await using var second = await OpenAsync(node);

        Assert.Equal(("503", "1"), await Handshake.AskAsync(node.Http));
        Assert.Equal(1, reached["sockets"]);

        await first.CloseAsync();
        await UntilOpenAsync(node, 1);
        await using var third = await OpenAsync(node);
        Assert.Equal(("503", "1"), await Handshake.AskAsync(node.Http));
    }

    [Fact]
    public async Task What_ends_in_no_socket_gives_its_room_back()
    {
        await using var node = await TestNode.StartAsync(options => options.Limits.Sockets = 1);

        for (var i = 0; i < 3; i++)
        {
            var noHandshake = "GET /test HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
            await Eventually.BecomesAsync(
                () => RawHttp.SendAsync(node.Http, noHandshake), answer => answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), Patience);
            await Eventually.BecomesAsync(() => Handshake.AskAsync(node.Http, "/nope"), answer => answer.Status is "101", Patience);
            await Eventually.BecomesAsync(() => Handshake.AskAsync(node.Http), answer => answer.Status is "101", Patience);
        }
    }

    [Fact]
    public async Task An_address_has_as_many_sockets_as_the_limit_and_others_have_theirs()
    {
        await using var node = await TestNode.StartAsync(options =>
        {
            options.AddressesAreKnown = true;
            options.Limits.SocketsPerAddress = 2;
        });
        using var reached = new ReachedLimits(node.Services);
        await using var first = await OpenAsync(node);
        await using var second = await OpenAsync(node);

        Assert.Equal(("429", "10"), await Handshake.AskAsync(node.Http));
        Assert.Equal(1, reached["socketsPerAddress"]);
        using var other = await BarePeer.ConnectAsync(node.Http, "/test", Other);

        await first.CloseAsync();
        await UntilOpenAsync(node, 2);
        await using var third = await OpenAsync(node);
        Assert.Equal(("429", "10"), await Handshake.AskAsync(node.Http));
    }

    [Fact]
    public async Task An_address_that_asks_too_often_is_told_to_wait_and_others_are_not()
    {
        await using var node = await TestNode.StartAsync(options =>
        {
            options.AddressesAreKnown = true;
            (options.Limits.HandshakesPerSecond, options.Limits.HandshakeBurst) = (1, 3);
        });
        using var reached = new ReachedLimits(node.Services);

        for (var i = 0; i < 3; i++)
            Assert.Equal("101", (await Handshake.AskAsync(node.Http)).Status);
        await Eventually.BecomesAsync(() => Handshake.AskAsync(node.Http), answer => answer is ("429", "1"), Patience); // one may have come back meanwhile
        Assert.True(reached["handshakesPerSecond"] >= 1);
        using var other = await BarePeer.ConnectAsync(node.Http, "/test", Other);

        await Eventually.BecomesAsync(() => Handshake.AskAsync(node.Http), answer => answer.Status is "101", Patience);
    }

    [Fact]
    public async Task Where_nobody_knows_where_peers_come_from_an_address_has_no_limit()
    {
        await using var node = await TestNode.StartAsync(options =>
            (options.Limits.SocketsPerAddress, options.Limits.HandshakesPerSecond, options.Limits.HandshakeBurst) = (1, 1, 1));

        await using var first = await OpenAsync(node);
        await using var second = await OpenAsync(node);
    }

    [Fact]
    public async Task A_user_token_has_as_many_sockets_as_the_limit()
    {
        await using var node = await TestNode.StartAsync(options => options.Limits.SocketsPerToken = 1);
        using var reached = new ReachedLimits(node.Services);
        var door = node.Services.GetRequiredService<Doorkeeper>();
        Assert.Null(door.Refuse(IPAddress.Loopback, out var first));
        Assert.Null(door.Refuse(IPAddress.Loopback, out var second));

        Assert.Null(door.Refuse(first, new Owner(1, 1)));
        Assert.Equal(HandshakeRefusal.TooManyOfToken, door.Refuse(second, new Owner(1, 1)));
        Assert.Equal(1, reached["socketsPerToken"]);
        Assert.Null(door.Refuse(second, new Owner(1, 2)));

        first.Dispose();
        first.Dispose();
        Assert.Null(door.Refuse(IPAddress.Loopback, out var third));
        Assert.Null(door.Refuse(third, new Owner(1, 1)));
        Assert.NotNull(door.Refuse(third, new Owner(1, 1)));
    }

    [Fact]
    public async Task Who_has_no_token_shares_no_limit_of_one()
    {
        await using var node = await TestNode.StartAsync(options => options.Limits.SocketsPerToken = 1);

        await using var first = await OpenAsync(node);
        await using var second = await OpenAsync(node);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, 1_000)]
    public async Task An_app_has_the_services_limit_of_listeners_unless_it_has_its_own(bool strict, int? most)
    {
        await using var node = await TestNode.StartAsync(options =>
        {
            options.Strict = strict;
            options.Apps.Single(app => app.Path is "/testshared").MostListeners = 5_000;
        });
        var apps = node.Services.GetRequiredService<IOptions<SignalingOptions>>().Value.Apps;

        Assert.Equal(5_000, apps.Single(app => app.Path is "/testshared").MostListeners);
        Assert.Equal(most, apps.Single(app => app.Path is "/conferenceapp").MostListeners);
    }

    [Fact]
    public async Task Without_limits_nothing_is_kept_for_a_socket()
    {
        await using var node = await TestNode.StartAsync();

        Assert.Null(node.Services.GetRequiredService<Doorkeeper>().Refuse(IPAddress.Loopback, out var place));
        Assert.Same(Place.Free, place);
    }

    private static async Task<TestPeer> OpenAsync(TestNode node)
    {
        var peer = await TestPeer.ConnectAsync(node.App("/test"));
        await peer.SendAsync(Frame.Heartbeat());
        await peer.ExpectAsync(Frame.Heartbeat());
        return peer;
    }

    private static Task UntilOpenAsync(TestNode node, int count) =>
        Eventually.BecomesAsync(() => node.Services.GetRequiredService<OpenSockets>().Count, open => open == count, Patience);
}
