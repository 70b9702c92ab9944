using Microsoft.Playwright;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>One Chromium for all browser tests; each test opens contexts of its own in it.</summary>
/// <remarks>
/// Calls work on a machine with nothing but loopback: <c>--allow-loopback-in-peer-connection</c> makes loopback a
/// network like any other, and the granted camera permission makes Chromium look for networks at all and name them by
/// their addresses. Without the permission it asks the default route alone and hides the answer behind mDNS.
/// </remarks>
public sealed class Chromium : IAsyncLifetime
{
    private const string PathVariable = "SIGNALING_CHROMIUM";
    private const string DefaultPath = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        "--allow-loopback-in-peer-connection",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable(PathVariable) ?? DefaultPath;
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"The browser tests need Chromium and found none at {path}. Install it, or set {PathVariable} to its path.");
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
    }

    /// <summary>A fresh profile whose pages may use camera and microphone.</summary>
    public async Task<IBrowserContext> NewContextAsync() =>
        await _browser!.NewContextAsync(new() { Permissions = ["camera", "microphone"] });
}

/// <summary>The tests that share the browser and two nodes. They run one after the other: a call wants a processor for itself.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>, ICollectionFixture<TwoDemoNodes>
{
    public const string Name = "Browser";
}
