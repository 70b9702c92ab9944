using System.Text;
using Microsoft.Playwright;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>Calls between demo pages, the first of them on one node, the second on the same or another.</summary>
public abstract class DemoCallTests : IAsyncLifetime
{
    private const short GuestId = 1;

    private readonly Chromium _chromium;
    private readonly DemoNodes _nodes;
    private readonly string _address = Guid.NewGuid().ToString();
    private IBrowserContext? _context;

    private protected DemoCallTests(Chromium chromium, DemoNodes nodes)
    {
        _chromium = chromium;
        _nodes = nodes;
    }

    public async Task InitializeAsync() => _context = await _chromium.NewContextAsync();

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Fact]
    public async Task Two_pages_see_and_read_each_other_without_the_server()
    {
        var (first, second) = await ConnectAsync();

        await first.HasLeftTheServerAsync();
        await second.HasLeftTheServerAsync();
        await first.SeesTheOtherMoveAsync();
        await second.SeesTheOtherMoveAsync();

        await first.SayAsync("Can you see me?");
        await second.HearsAsync("Can you see me?");
        await second.SayAsync("Yes 😀");
        await first.HearsAsync("Yes 😀");
    }

    [Fact]
    public async Task Hanging_up_ends_the_call_on_both_pages_and_both_can_join_again()
    {
        var (first, second) = await ConnectAsync();

        await second.HangUpAsync();
        await second.ReachesAsync("ended");
        await first.ReachesAsync("ended");
        await first.ShowsNoteAsync("The other has left.");
        await first.ShowsNoErrorAsync();

        await second.JoinAsync();
        await second.ReachesAsync("waiting");
        await first.JoinAsync();
        await first.ReachesAsync("connected");
        await second.ReachesAsync("connected");
    }

    [Fact]
    public async Task Whoever_cancels_while_waiting_frees_the_address()
    {
        var first = await OpenAsync(_nodes.First);
        await first.JoinAsync();
        await first.ReachesAsync("waiting");
        await first.CancelAsync();
        await first.ReachesAsync("ended");

        var second = await OpenAsync(_nodes.Second);
        await second.JoinAsync();
        await second.ReachesAsync("waiting");
    }

    [Fact]
    public async Task Two_pages_with_generated_pictures_see_each_other()
    {
        var first = await OpenAsync(_nodes.First);
        var second = await OpenAsync(_nodes.Second);
        await first.ChoosePictureAsync();
        await second.ChoosePictureAsync();

        await ConnectAsync(first, second);

        await first.SeesTheOtherMoveAsync();
        await second.SeesTheOtherMoveAsync();
    }

    [Fact]
    public async Task A_page_without_cameras_says_why_and_shows_a_generated_picture()
    {
        var first = await OpenAsync(_nodes.First);
        await _context!.AddInitScriptAsync("delete Navigator.prototype.mediaDevices;");
        var second = await OpenAsync(_nodes.Second);
        await second.OffersNoCameraAsync();
        await second.ExplainsThePictureAsync("This browser gives pages no camera, so the other sees a generated picture.");

        await ConnectAsync(first, second);

        await first.SeesTheOtherMoveAsync();
        await second.SeesTheOtherMoveAsync();
    }

    [Fact]
    public async Task A_call_stands_for_both_where_what_is_sent_at_once_on_the_others_channel_is_lost()
    {
        // As Chromium does now and then, where another thread is slow: it says that the channel is open before it is.
        await _context!.AddInitScriptAsync(
            """
            window.RTCPeerConnection = class extends RTCPeerConnection {
              constructor(configuration) {
                super(configuration);
                this.addEventListener('datachannel', ({ channel }) => {
                  const send = channel.send.bind(channel);
                  channel.send = () => {};
                  channel.addEventListener('message', () => { channel.send = send; }, { once: true });
                });
              }
            };
            """);

        await ConnectAsync();
    }

    [Fact]
    public async Task A_third_who_joins_while_two_are_connecting_is_told_so_each_time()
    {
        var first = await OpenAsync(_nodes.First);
        await first.JoinAsync();
        await first.ReachesAsync("waiting");
        using var silentGuest = await RawPeer.ConnectAsync(_nodes.Second.Signaling);
        await silentGuest.ConnectToAsync(_address, GuestId);
        await first.ReachesAsync("connecting");

        var third = await OpenAsync(_nodes.Second);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await third.JoinAsync();
            await third.ShowsErrorAsync("Somebody else is being called under this address right now.");
            await third.ReachesAsync("ended");
        }

        await first.ReachesAsync("connecting");
    }

    [Fact]
    public async Task Whoever_waits_goes_on_waiting_after_a_guest_that_left_too_early()
    {
        var first = await OpenAsync(_nodes.First);
        await first.JoinAsync();
        await first.ReachesAsync("waiting");
        using var guest = await RawPeer.ConnectAsync(_nodes.Second.Signaling);
        await guest.ConnectToAsync(_address, GuestId);
        await first.ReachesAsync("connecting");

        await guest.SendAsync(Frame.Of(EventType.Disconnected, GuestId));

        await first.ReachesAsync("waiting");
        var second = await OpenAsync(_nodes.Second);
        await second.JoinAsync();
        await first.ReachesAsync("connected");
        await second.ReachesAsync("connected");
    }

    [Fact]
    public async Task A_guest_of_another_program_is_told_apart_from_a_page()
    {
        var first = await OpenAsync(_nodes.First);
        await first.JoinAsync();
        await first.ReachesAsync("waiting");
        using var guest = await RawPeer.ConnectAsync(_nodes.Second.Signaling);
        await guest.ConnectToAsync(_address, GuestId);

        await guest.SendAsync(Frame.Of(EventType.ReliableMessageReceived, GuestId, Encoding.Unicode.GetBytes("12345")));

        await first.ShowsNoteAsync("Another program answers under this address");
        await first.ReachesAsync("waiting");
    }

    [Fact]
    public async Task An_app_the_server_does_not_serve_is_refused_in_words()
    {
        var page = await OpenAsync(_nodes.First.InApp("/no-such-app"));

        await page.JoinAsync();

        await page.ShowsErrorAsync("The signaling server refused");
        await page.ReachesAsync("ended");
    }

    private Task<DemoPage> OpenAsync(DemoNode node) => DemoPage.OpenAsync(_context!, node.PageFor(_address));

    private async Task<(DemoPage First, DemoPage Second)> ConnectAsync()
    {
        var first = await OpenAsync(_nodes.First);
        var second = await OpenAsync(_nodes.Second);
        await ConnectAsync(first, second);
        return (first, second);
    }

    private static async Task ConnectAsync(DemoPage first, DemoPage second)
    {
        await first.JoinAsync();
        await first.ReachesAsync("waiting");
        await second.JoinAsync();
        await first.ReachesAsync("connected");
        await second.ReachesAsync("connected");
    }
}

[Collection(BrowserTests.Name)]
public sealed class DemoCallOnOneNodeTests(Chromium chromium, OneDemoNode nodes)
    : DemoCallTests(chromium, nodes), IClassFixture<OneDemoNode>;

[Collection(BrowserTests.Name)]
public sealed class DemoCallOverTwoNodesTests(Chromium chromium, TwoDemoNodes nodes)
    : DemoCallTests(chromium, nodes);
