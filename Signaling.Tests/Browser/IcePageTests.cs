using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>The page that tries ICE servers, before a real coturn.</summary>
[Collection(BrowserTests.Name)]
public sealed class IcePageTests(Chromium chromium, RelayedNode node) : IClassFixture<RelayedNode>, IAsyncLifetime
{
    private IBrowserContext? _context;
    private IcePage? _page;

    public async Task InitializeAsync()
    {
        _context = await chromium.NewContextAsync();
        _page = await IcePage.OpenAsync(_context, node.IcePage);
    }

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Fact]
    public async Task Each_server_gives_what_it_is_for()
    {
        await _page!.GatherAsync();

        await _page.SaysAsync("All work.");
        await _page.SaysOfAsync("", "This machine", "Works: host after", "host udp 127.0.0.1:");
        await _page.SaysOfAsync(node.Stun, "Works: srflx after", "srflx udp 127.0.0.1:");
        await _page.SaysOfAsync(node.Turn[0], "Works: relay after", "relay udp 127.0.0.1:");
        await _page.SaysOfAsync(node.Turn[1], "Works: relay after", "relay udp 127.0.0.1:");
    }

    [Fact]
    public async Task A_wrong_password_and_a_port_where_nobody_listens_are_named()
    {
        var dead = $"turn:127.0.0.1:{DeadPort()}?transport=tcp";
        await _page!.ChooseOthersAsync($"{node.Turn[0]} {dead}", "9999999999:forged", "forged");

        await _page.GatherAsync();

        await _page.SaysAsync("2 of 3 do not work.");
        await _page.SaysOfAsync(node.Turn[0], "No relay candidate", "401", "The server refuses the user name or password");
        await _page.SaysOfAsync(dead, "No relay candidate", "The server did not answer: a wrong name or port");
    }

    [Fact]
    public async Task What_is_no_server_is_named_and_one_without_a_nat_between_works()
    {
        await _page!.ChooseOthersAsync($"{node.NearStun} http://127.0.0.1/");

        await _page.GatherAsync();

        await _page.SaysAsync("1 of 3 do not work.");
        await _page.SaysOfAsync(node.NearStun, "Works: it answers", "no NAT is between");
        await _page.SaysOfAsync("http://127.0.0.1/", "The browser does not take this for an ICE server.");
    }

    [Fact]
    public async Task Without_servers_the_machine_itself_is_shown_and_relayed_alone_there_is_nothing_to_try()
    {
        await _page!.ChooseAppAsync("/chatapp");
        await _page.GatherAsync();
        await _page.SaysAsync("All work.");
        await _page.SaysOfAsync("", "Works: host after");

        await _page.ChooseRelayedOnlyAsync();
        await _page.GatherAsync();
        await _page.ShowsErrorAsync("There is no TURN server to try");
    }

    [Fact]
    public async Task A_service_that_hands_out_nothing_says_why()
    {
        await _page!.ChooseAppAsync("/no-such-app");

        await _page.GatherAsync();

        await _page.ShowsErrorAsync("Unknown app");
        await _page.SaysAsync("Not done.");
    }

    /// <summary>A port that was free a moment ago: nobody answers there.</summary>
    private static int DeadPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
