using Microsoft.Playwright;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>Conferences between pages on two nodes.</summary>
[Collection(BrowserTests.Name)]
public sealed class ConferenceTests(Chromium chromium, TwoDemoNodes nodes) : IAsyncLifetime
{
    private readonly string _room = Guid.NewGuid().ToString();
    private IBrowserContext? _context;

    public async Task InitializeAsync() => _context = await chromium.NewContextAsync();

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Fact]
    public async Task Six_see_each_other_and_when_one_goes_the_others_go_on()
    {
        string[] names = ["Ann", "Bob", "Cyd", "Dan", "Eve", "Fay"];
        var pages = await Task.WhenAll(names.Select((name, i) => OpenAsync(i % 2 == 0 ? nodes.First : nodes.Second, name)));
        foreach (var page in pages)
            await page.JoinAsync();

        await Task.WhenAll(pages.Select(page => page.SeesAsync(pages.Except([page]))));
        await Task.WhenAll(pages.Select(page => page.SeesAllMoveAsync()));
        await Task.WhenAll(pages.Select(page => page.HasSignalingAsync("on")));

        var notices = await pages[0].CountNoticesAsync();
        await pages[5].CloseAsync();
        var left = pages[..5];
        await Task.WhenAll(left.Select(page => page.IsToldAsync("Fay has left.")));
        await Task.WhenAll(left.Select(page => page.SeesAsync(left.Except([page]))));
        await Task.WhenAll(left.Select(page => page.SeesAllMoveAsync()));
        Assert.Equal(notices + 1, await pages[0].CountNoticesAsync());
    }

    [Fact]
    public async Task Whoever_comes_to_a_full_conference_is_told_so()
    {
        var page = await OpenAsync(nodes.First, "Ann");
        await page.JoinAsync();
        await page.ReachesAsync("open");
        using var other = await RawPeer.ConnectAsync(nodes.Second.SignalingOf("/conferenceapp"));

        await other.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, _room));
        await other.WaitForAsync(EventType.NewConnection);
        await other.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, """{"full":true}"""u8.ToArray()));

        await page.ShowsErrorAsync("As many as there can be are in this conference.");
        await page.ReachesAsync("idle");
    }

    private Task<ConferencePage> OpenAsync(DemoNode node, string name) => ConferencePage.OpenAsync(_context!, node, _room, name);
}
