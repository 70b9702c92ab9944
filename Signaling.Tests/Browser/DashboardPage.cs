using Microsoft.Playwright;
using Signaling.Tests.House;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

/// <summary>The dashboard in a browser, in the words of who runs the service.</summary>
internal sealed class DashboardPage
{
    private static readonly string Screenshots = Path.Combine(SourceFile.Root, "artifacts", "screenshots");
    private readonly IPage _page;
    private readonly List<string> _errors = [];

    private DashboardPage(IPage page)
    {
        _page = page;
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            // What the node refuses is an error to the browser too, which is meant here.
            if (message.Type is "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _errors.Add(message.Text);
        };
    }

    /// <summary>What scripts and the page's policy have complained of.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public static async Task<DashboardPage> OpenAsync(IBrowserContext context, Uri node)
    {
        var page = new DashboardPage(await context.NewPageAsync());
        await page._page.GotoAsync(new Uri(node, "/dashboard/").AbsoluteUri);
        return page;
    }

    public Task IsLiveAsync(string state) => Expect(_page.Locator("#live")).ToHaveAttributeAsync("data-state", state, Patient);

    public Task ShowsTotalAsync(string name, string value) => Expect(_page.Locator($"[data-total='{name}']")).ToHaveTextAsync(value, new() { Timeout = 20_000 });

    public Task HasNodeAsync(string address, string state) => Expect(Node(address)).ToHaveAttributeAsync("data-state", state, Patient);

    public Task SaysOfNodeAsync(string address, string words) => Expect(Node(address)).ToContainTextAsync(words, new() { Timeout = 20_000 });

    public Task SaysOfAppAsync(string path, string words) => Expect(_page.Locator($"[data-app='{path}']")).ToContainTextAsync(words, new() { Timeout = 20_000 });

    public Task HasPlotAsync(string figure, string series) =>
        Expect(_page.Locator($"[data-figure='{figure}'] .u-series").Filter(new() { HasText = series })).ToBeVisibleAsync(new() { Timeout = 20_000 });

    public Task ClickAtNodeAsync(string address, string button) => Node(address).GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    public async Task UseTokenAsync(string token)
    {
        await _page.GetByLabel("Admin token").FillAsync(token);
        await ClickAsync("Use");
    }

    public async Task ExplainAsync(string app, string address)
    {
        await _page.Locator("#trace-app").SelectOptionAsync(app);
        await _page.Locator("#trace-address").FillAsync(address);
        await ClickAsync("Explain");
    }

    public Task HasVerdictAsync(string words) => Expect(_page.Locator("#verdict")).ToContainTextAsync(words);

    public Task HasStepAsync(string words) => Expect(_page.Locator("#steps")).ToContainTextAsync(words);

    public Task ShowAddressesAsync() => _page.Locator("#first-page").ClickAsync();

    public Task ShowLinksAsync(string key) => _page.Locator($"[data-key='{key}']").GetByText("Links", new() { Exact = true }).ClickAsync();

    public Task SaysOfAddressAsync(string key, string words) => Expect(_page.Locator($"[data-key='{key}']")).ToContainTextAsync(words);

    public Task DisconnectAsync(string key) => _page.Locator($"[data-key='{key}']").GetByText("Disconnect", new() { Exact = true }).ClickAsync();

    public Task ShowsErrorAsync(string words) => Expect(_page.Locator("#error")).ToContainTextAsync(words);

    public Task SaysAsync(string words) => Expect(_page.Locator("#done")).ToContainTextAsync(words);

    /// <summary>Keeps how it looks, for people.</summary>
    public Task KeepPictureAsync(string name) => _page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"dashboard-{name}.png"), FullPage = true });

    /// <summary>Looks at it on a screen of another width, by day or by night.</summary>
    public async Task LookAsync(int width, ColorScheme scheme)
    {
        await _page.SetViewportSizeAsync(width, 900);
        await _page.EmulateMediaAsync(new() { ColorScheme = scheme });
    }

    /// <summary>By how many pixels something is wider than the screen.</summary>
    public Task<int> OverhangAsync() =>
        _page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    private static LocatorAssertionsToHaveAttributeOptions Patient => new() { Timeout = 20_000 };

    private ILocator Node(string address) => _page.Locator($"[data-node='{address}']");

    private Task ClickAsync(string button) => _page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
