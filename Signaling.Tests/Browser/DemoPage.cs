using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

/// <summary>The demo page in a browser, in the words of its user.</summary>
internal sealed class DemoPage
{
    private const int SeenFrames = 10;

    private readonly IPage _page;

    private DemoPage(IPage page) => _page = page;

    private ILocator Demo => _page.Locator("#demo");

    private ILocator Error => _page.GetByRole(AriaRole.Alert);

    public static async Task<DemoPage> OpenAsync(IBrowserContext context, Uri url)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(url.AbsoluteUri);
        return new DemoPage(page);
    }

    public Task JoinAsync() =>
        _page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Join") }).ClickAsync();

    /// <summary>Has the pages of a context keep their connections, for what is asked of them below.</summary>
    public static Task KeepConnectionsAsync(IBrowserContext context) => context.AddInitScriptAsync(
        """
        window.connections = [];
        window.RTCPeerConnection = class extends RTCPeerConnection {
          constructor(configuration) {
            super(configuration);
            connections.push(this);
          }
        };
        """);

    public async Task ChooseRelayedOnlyAsync()
    {
        await _page.GetByText("More", new() { Exact = true }).ClickAsync();
        await _page.GetByLabel("Relayed only").CheckAsync();
    }

    public Task ChoosePictureAsync() => _page.GetByLabel("A generated picture").CheckAsync();

    public Task HangUpAsync() => _page.GetByRole(AriaRole.Button, new() { Name = "Hang up" }).ClickAsync();

    public Task CancelAsync() => _page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

    public async Task SayAsync(string text)
    {
        await _page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await _page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
    }

    public Task HearsAsync(string text) => Expect(_page.Locator("#messages .other")).ToHaveTextAsync([text]);

    public Task ReachesAsync(string state) =>
        Expect(Demo).ToHaveAttributeAsync("data-state", state, new() { Timeout = 20_000 });

    public async Task HasLeftTheServerAsync()
    {
        await Expect(Demo).ToHaveAttributeAsync("data-signaling", "left");
        await Expect(_page.GetByText("Signaling server: left.")).ToBeVisibleAsync();
    }

    /// <summary>The other's video plays, and goes on playing.</summary>
    public async Task SeesTheOtherMoveAsync()
    {
        const string Frames = "document.getElementById('remote').getVideoPlaybackQuality().totalVideoFrames";
        var before = await _page.EvaluateAsync<int>(Frames);
        await _page.WaitForFunctionAsync($"least => {Frames} >= least", before + SeenFrames);
        Assert.True(await _page.EvaluateAsync<bool>("document.getElementById('remote').videoWidth > 0"));
    }

    /// <summary>The kinds of the two candidates that the call goes by, this end's first.</summary>
    public Task<string[]> PairAsync() => _page.EvaluateAsync<string[]>(
        """
        async () => {
          const stats = await connections.at(-1).getStats();
          const { selectedCandidatePairId } = [...stats.values()].find(({ type }) => type === 'transport');
          const pair = stats.get(selectedCandidatePairId);
          return [pair.localCandidateId, pair.remoteCandidateId].map(id => stats.get(id).candidateType);
        }
        """);

    /// <summary>Has the browser take an address for one of the other's, so that it asks the TURN server to let that in too.</summary>
    public Task TriesAsync(string address) => _page.EvaluateAsync(
        "address => connections.at(-1).addIceCandidate({ candidate: `candidate:1 1 udp 1 ${address} 50000 typ host`, sdpMid: '0' })", address);

    public Task ShowsErrorAsync(string words) => Expect(Error).ToContainTextAsync(words);

    public Task ShowsNoErrorAsync() => Expect(Error).ToBeHiddenAsync();

    public Task ShowsNoteAsync(string words) => Expect(_page.Locator("#note")).ToContainTextAsync(words);

    public Task ExplainsThePictureAsync(string words) => Expect(_page.Locator("#obstacle")).ToContainTextAsync(words);

    public Task LinksToAsync(string url) =>
        Expect(_page.GetByRole(AriaRole.Link, new() { Name = "Open this page over https" })).ToHaveAttributeAsync("href", url);

    public Task OffersNoCameraAsync() => Expect(_page.GetByLabel("Camera, with microphone")).ToBeDisabledAsync();
}
