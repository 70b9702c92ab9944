using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>What the demo page says where the camera or the server is missing.</summary>
[Collection(BrowserTests.Name)]
public sealed class DemoObstacleTests(Chromium chromium) : IAsyncLifetime
{
    private IBrowserContext? _context;

    public async Task InitializeAsync() => _context = await chromium.NewContextAsync();

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Fact]
    public async Task Plain_http_gives_no_camera_and_the_page_links_to_https()
    {
        var page = await OpenAsync(StaticPages.PlainOrigin, "?address=abc&signaling=ws://elsewhere/", """{"httpsPort":12777}""");

        await page.OffersNoCameraAsync();
        await page.ExplainsThePictureAsync("Browsers allow a camera only over https");
        await page.LinksToAsync("https://demo.test:12777/demo/?address=abc");
    }

    [Fact]
    public async Task Without_a_known_https_port_the_page_says_whom_to_ask()
    {
        var page = await OpenAsync(StaticPages.PlainOrigin);

        await page.ExplainsThePictureAsync("Ask whoever runs this server for its https address.");
    }

    [Theory]
    [InlineData("NotAllowedError", "Camera and microphone were not allowed")]
    [InlineData("NotFoundError", "This device has no camera")]
    [InlineData("NotReadableError", "Another program uses the camera")]
    [InlineData("AbortError", "The camera could not be opened (AbortError)")]
    public async Task A_camera_that_can_not_be_had_is_explained(string error, string words)
    {
        await _context!.AddInitScriptAsync(
            $"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', '{error}'); }};");
        var page = await OpenAsync(StaticPages.SecureOrigin, SilentSignaling());

        await page.JoinAsync();

        await page.ExplainsThePictureAsync(words);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_with_what_to_check()
    {
        var page = await OpenAsync(StaticPages.SecureOrigin, SilentSignaling());

        await page.JoinAsync();

        await page.ShowsErrorAsync("No signaling server answered at ws://127.0.0.1:");
        await page.ReachesAsync("ended");
    }

    [Fact]
    public async Task A_signaling_url_that_is_none_is_named()
    {
        var page = await OpenAsync(StaticPages.SecureOrigin, "?signaling=ftp://127.0.0.1/callapp");

        await page.JoinAsync();

        await page.ShowsErrorAsync("The browser does not open ftp://127.0.0.1/callapp");
    }

    private async Task<DemoPage> OpenAsync(string origin, string query = "", string? config = null)
    {
        await _context!.ServeFilesAsync(config);
        return await DemoPage.OpenAsync(_context!, new Uri($"{origin}/demo/{query}"));
    }

    /// <summary>A port that was free a moment ago: nobody answers there.</summary>
    private static string SilentSignaling()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"?signaling=ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/callapp";
    }
}
