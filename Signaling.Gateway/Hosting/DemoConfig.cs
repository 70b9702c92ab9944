namespace Signaling.Gateway.Hosting;

/// <summary>Tells the demo pages what they can't know by themselves.</summary>
internal static class DemoConfig
{
    private const string Https = "https://";

    /// <summary>Serves <c>/demo/config.json</c>.</summary>
    public static void MapDemoConfig(this WebApplication app) => app.MapGet("/demo/config.json", () => new
    {
        httpsPort = app.Urls
            .Where(url => url.StartsWith(Https, StringComparison.Ordinal))
            .Select(url => (int?)BindingAddress.Parse(url).Port)
            .FirstOrDefault(),
        iceServers = Array.Empty<object>(),
    });
}
