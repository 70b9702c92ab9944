using Microsoft.Playwright;

namespace Signaling.Tests.Browser;

/// <summary>Answers a browser's requests with the files that a node serves, without a node.</summary>
internal static class StaticPages
{
    /// <summary>An origin that browsers trust as they trust https.</summary>
    public const string SecureOrigin = "http://localhost:12776";

    /// <summary>An origin on plain http, on which browsers give no page a camera.</summary>
    public const string PlainOrigin = "http://demo.test:12776";

    /// <summary>An empty page, for tests of modules.</summary>
    public const string Blank = SecureOrigin + "/blank";

    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public static async Task ServeFilesAsync(this IBrowserContext context, string? demoConfig = null)
    {
        await context.RouteAsync("**", route => route.FulfillAsync(File.Exists(FileOf(route.Request))
            ? new() { Path = FileOf(route.Request) }
            : new() { Status = 404 }));
        await context.RouteAsync(Blank, route => route.FulfillAsync(
            new() { ContentType = "text/html", Body = "<!doctype html>" }));
        if (demoConfig is not null)
        {
            await context.RouteAsync("**/demo/config.json", route => route.FulfillAsync(
                new() { ContentType = "application/json", Body = demoConfig }));
        }
    }

    private static string FileOf(IRequest request)
    {
        var path = new Uri(request.Url).AbsolutePath.TrimStart('/');
        return Path.Combine(Root, path.EndsWith('/') ? path + "index.html" : path);
    }
}
