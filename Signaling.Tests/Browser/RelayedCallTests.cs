using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>Calls of demo pages by a real coturn.</summary>
[Collection(BrowserTests.Name)]
public sealed class RelayedCallTests(Chromium chromium, RelayedNode node) : IClassFixture<RelayedNode>, IAsyncLifetime
{
    private const string Questions = "**/api/ice*";
    private static readonly string[] Relayed = ["relay", "relay"];

    private readonly string _address = Guid.NewGuid().ToString();
    private IBrowserContext? _context;

    public async Task InitializeAsync()
    {
        _context = await chromium.NewContextAsync();
        await DemoPage.KeepConnectionsAsync(_context);
    }

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Fact]
    public async Task A_relayed_call_goes_on_while_the_secret_is_replaced_and_another_can_be_made()
    {
        var first = await OpenAsync(node.Demo.PageFor(_address));
        var second = await OpenAsync(RelayedOnly(node.Demo));
        await first.ChooseRelayedOnlyAsync();
        await ConnectAsync(first, second);

        await node.ReplaceTheSecretAsync();
        // What a call asks of coturn later on: more ways to let the other in, until it wants the password again.
        var before = node.TimesAskedAgain;
        for (var last = 10; node.TimesAskedAgain == before; last++)
        {
            Assert.InRange(last, 10, 100);
            await first.TriesAsync($"127.0.0.{last}");
            await node.LogsAsync($"peer 127.0.0.{last} lifetime updated");
            await first.SeesTheOtherMoveAsync();
        }

        await second.SeesTheOtherMoveAsync();

        await second.HangUpAsync();
        await first.ReachesAsync("ended");
        await ConnectAsync(first, second);
    }

    [Fact]
    public async Task Who_wants_it_relayed_only_is_told_that_there_is_no_turn_server()
    {
        var first = await OpenAsync(node.Demo.InApp("/chatapp").PageFor(_address));
        var second = await OpenAsync(RelayedOnly(node.Demo.InApp("/chatapp")));
        await JoinAsync(first, second);

        await second.ShowsErrorAsync("the service names no TURN server");
    }

    [Fact]
    public async Task Who_wants_it_relayed_only_is_told_that_the_servers_refuse()
    {
        await _context!.RouteAsync(Questions, route => route.FulfillAsync(new()
        {
            Json = new { iceServers = new[] { new { urls = node.Turn, username = "9999999999:forged", credential = "forged" } } },
        }));
        var first = await OpenAsync(node.Demo.PageFor(_address));
        var second = await OpenAsync(RelayedOnly(node.Demo));
        await JoinAsync(first, second);

        await second.ShowsErrorAsync("no TURN server relays for this device");
    }

    [Theory]
    [InlineData(401, "it wants a valid user token")]
    [InlineData(429, "it was asked too often")]
    [InlineData(500, "it answers 500")]
    public async Task A_service_that_names_no_servers_is_in_the_way_of_a_relayed_call_alone(int status, string words)
    {
        await _context!.RouteAsync(Questions, route => route.FulfillAsync(new() { Status = status }));
        var first = await OpenAsync(node.Demo.PageFor(_address));
        var second = await OpenAsync(RelayedOnly(node.Demo));
        await JoinAsync(first, second);
        await second.ShowsErrorAsync(words);

        var third = await OpenAsync(node.Demo.PageFor(_address));
        await third.JoinAsync();
        await third.ReachesAsync("connected");
    }

    [Fact]
    public async Task The_service_is_asked_for_the_app_that_the_page_meets_in_and_with_its_token()
    {
        var asked = new TaskCompletionSource<IRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        _context!.Request += (_, request) =>
        {
            if (request.Url.Contains("/api/ice", StringComparison.Ordinal))
                asked.TrySetResult(request);
        };
        var page = new DemoNode(new Uri(QueryHelpers.AddQueryString(node.Demo.Page.AbsoluteUri, "signaling", $"{node.Demo.Signaling}?userToken=a-token")));
        var first = await OpenAsync(page.PageFor(_address));
        var second = await OpenAsync(page.PageFor(_address));
        await JoinAsync(first, second);

        var request = await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("?app=%2Fcallapp", new Uri(request.Url).Query);
        Assert.Equal("Bearer a-token", await request.HeaderValueAsync("authorization"));
    }

    private static async Task JoinAsync(DemoPage first, DemoPage second)
    {
        await first.JoinAsync();
        await first.ReachesAsync("waiting");
        await second.JoinAsync();
    }

    private static async Task ConnectAsync(DemoPage first, DemoPage second)
    {
        await JoinAsync(first, second);
        await first.ReachesAsync("connected");
        await second.ReachesAsync("connected");
        await first.SeesTheOtherMoveAsync();
        await second.SeesTheOtherMoveAsync();
        Assert.Equal(Relayed, await first.PairAsync());
        Assert.Equal(Relayed, await second.PairAsync());
    }

    private Uri RelayedOnly(DemoNode demo) => new(QueryHelpers.AddQueryString(demo.PageFor(_address).AbsoluteUri, "relay", "only"));

    private Task<DemoPage> OpenAsync(Uri page) => DemoPage.OpenAsync(_context!, page);
}
