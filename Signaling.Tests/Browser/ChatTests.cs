using Microsoft.Playwright;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>Chat rooms between pages on two nodes.</summary>
[Collection(BrowserTests.Name)]
public sealed class ChatTests(Chromium chromium, TwoDemoNodes nodes) : IAsyncLifetime
{
    private readonly string _room = Guid.NewGuid().ToString();
    private IBrowserContext? _context;

    public async Task InitializeAsync() => _context = await chromium.NewContextAsync();

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Fact]
    public async Task All_hear_each_other_through_the_one_who_opened_the_room_until_that_one_leaves()
    {
        const string Hostile = "<img src=x onerror=alert(1)> & <b>hi</b>";
        var ann = await OpenAsync(nodes.First, "Ann");
        var bob = await OpenAsync(nodes.Second, "Bob");
        var other = await OpenAsync(nodes.First, "Bob");
        await ann.OpenRoomAsync();
        await ann.ReachesAsync("open");
        await bob.JoinAsync();
        await ann.IsToldAsync("Bob has come.");
        await other.JoinAsync();
        await bob.IsToldAsync("Bob 2 has come.");
        await Task.WhenAll(new[] { ann, bob, other }.Select(page => page.SeesAsync("Ann", "Bob", "Bob 2")));
        await ann.HasSignalingAsync("on");
        await bob.HasSignalingAsync("left");
        await other.HasSignalingAsync("left");

        await bob.SayAsync(Hostile);
        await ann.HearsAsync("Bob", Hostile);
        await other.HearsAsync("Bob", Hostile);
        Assert.Equal(0, await other.CountSaidAsync("img, b"));
        await ann.SayAsync("Welcome");
        await bob.HearsAsync("Ann", "Welcome");

        await other.LeaveAsync();
        await ann.IsToldAsync("Bob 2 has left.");
        await bob.IsToldAsync("Bob 2 has left.");
        await bob.SeesAsync("Ann", "Bob");

        await ann.LeaveAsync();
        await bob.ShowsErrorAsync("The room has ended: whoever opened it has left.");
        await bob.ReachesAsync("idle");
    }

    [Fact]
    public async Task A_room_is_opened_once_and_joined_only_where_it_is_open()
    {
        var ann = await OpenAsync(nodes.First, "Ann");
        var bob = await OpenAsync(nodes.Second, "Bob");

        await bob.JoinAsync();
        await bob.ShowsErrorAsync("Nobody has opened this room.");
        await ann.OpenRoomAsync();
        await ann.ReachesAsync("open");
        await bob.OpenRoomAsync();
        await bob.ShowsErrorAsync("Somebody has opened this room already.");

        await ann.LeaveAsync();
        await ann.ReachesAsync("idle");
        await bob.OpenRoomAsync();
        await bob.ReachesAsync("open");
    }

    private Task<ChatPage> OpenAsync(DemoNode node, string name) => ChatPage.OpenAsync(_context!, node, _room, name);
}
