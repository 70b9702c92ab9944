using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

/// <summary>The conference page in a browser, in the words of its user, who shows a generated picture.</summary>
internal sealed class ConferencePage
{
    // Five pictures a second.
    private const int SeenFrames = 3;
    private const float Patience = 30_000;

    private readonly IPage _page;

    private ConferencePage(IPage page, string name)
    {
        _page = page;
        Name = name;
    }

    public string Name { get; }

    private ILocator Conference => _page.Locator("#conference");

    public static async Task<ConferencePage> OpenAsync(IBrowserContext context, DemoNode node, string room, string name)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(node.PageFor("/conference/", room).AbsoluteUri);
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("A generated picture").CheckAsync();
        return new ConferencePage(page, name);
    }

    public Task JoinAsync() => _page.GetByRole(AriaRole.Button, new() { Name = "Join", Exact = true }).ClickAsync();

    public Task CloseAsync() => _page.CloseAsync();

    public Task ReachesAsync(string state) => Expect(Conference).ToHaveAttributeAsync("data-state", state, new() { Timeout = Patience });

    public Task HasSignalingAsync(string state) =>
        Expect(Conference).ToHaveAttributeAsync("data-signaling", state, new() { Timeout = Patience });

    /// <summary>The connections to just these stand.</summary>
    public async Task SeesAsync(IEnumerable<ConferencePage> others)
    {
        var names = others.Select(other => other.Name).Order(StringComparer.Ordinal).ToList();
        await _page.WaitForFunctionAsync(
            """
            names => [...document.querySelectorAll('figure[data-state=connected] figcaption')]
              .map(caption => caption.textContent).sort().join() === names
                && document.querySelectorAll('figure[data-state=connecting]').length === 0
            """,
            string.Join(',', names),
            new() { Timeout = Patience });
    }

    /// <summary>The pictures of all others move, and go on moving.</summary>
    public async Task SeesAllMoveAsync()
    {
        await _page.EvaluateAsync("""
            () => document.querySelectorAll('figure[data-state] video').forEach(video => {
              video.seen = video.getVideoPlaybackQuality().totalVideoFrames;
            })
            """);
        await _page.WaitForFunctionAsync(
            """
            least => [...document.querySelectorAll('figure[data-state] video')].every(video =>
              video.videoWidth > 0 && video.getVideoPlaybackQuality().totalVideoFrames >= video.seen + least)
            """,
            SeenFrames,
            new() { Timeout = Patience });
    }

    public Task IsToldAsync(string words) =>
        Expect(_page.Locator("#messages .notice").GetByText(words, new() { Exact = true })).ToHaveCountAsync(1, new() { Timeout = Patience });

    public Task<int> CountNoticesAsync() => _page.Locator("#messages .notice").CountAsync();

    public Task ShowsErrorAsync(string words) => Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words, new() { Timeout = Patience });
}
