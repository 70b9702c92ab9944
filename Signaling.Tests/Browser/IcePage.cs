using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

/// <summary>The page that tries ICE servers, in the words of its user.</summary>
internal sealed class IcePage
{
    private readonly IPage _page;

    private IcePage(IPage page) => _page = page;

    public static async Task<IcePage> OpenAsync(IBrowserContext context, Uri url)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(url.AbsoluteUri);
        return new IcePage(page);
    }

    public Task ChooseAppAsync(string app) => _page.GetByLabel("App", new() { Exact = true }).FillAsync(app);

    public Task ChooseRelayedOnlyAsync() => _page.GetByLabel("Relayed candidates only").CheckAsync();

    /// <summary>Has it try servers in place of the service's own.</summary>
    public async Task ChooseOthersAsync(string urls, string user = "", string password = "")
    {
        await _page.GetByLabel("Those of this service").UncheckAsync();
        await _page.GetByText("Others", new() { Exact = true }).ClickAsync();
        await _page.GetByLabel("URLs").FillAsync(urls);
        await _page.GetByLabel("User name").FillAsync(user);
        await _page.GetByLabel("Password").FillAsync(password);
    }

    public Task GatherAsync() => _page.GetByRole(AriaRole.Button, new() { Name = "Gather" }).ClickAsync();

    public Task SaysAsync(string status) => Expect(_page.Locator("#status")).ToHaveTextAsync(status, new() { Timeout = 20_000 });

    public Task ShowsErrorAsync(string words) => Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync(words);

    /// <summary>What it says of a server; of an empty URL, of the machine itself.</summary>
    public Task SaysOfAsync(string url, params string[] words) =>
        Task.WhenAll(words.Select(one => Expect(_page.Locator($"section[data-url='{url}']")).ToContainTextAsync(one)));
}
