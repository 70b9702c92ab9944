using Microsoft.AspNetCore.HttpOverrides;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Hosting;

/// <summary>Sees peers behind the addresses of the proxies that they come through.</summary>
internal static class TrustedProxies
{
    /// <summary>
    /// Takes a peer's address from <c>X-Forwarded-For</c>, from its end on, as far as each entry was added by a trusted proxy: what
    /// a peer writes in front of that itself is not looked at. The host that its browser has asked for is taken from
    /// <c>X-Forwarded-Host</c> in the same manner; pages of that host are let in (<see cref="Origins.AllowedOrigins"/>).
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="options">Who is trusted.</param>
    public static void UseTrustedProxies(this WebApplication app, ProxyOptions options)
    {
        // Without anybody to trust the framework would trust everybody.
        if (options.Trusted.Count == 0)
            return;

        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var net in options.Nets)
            forwarded.KnownIPNetworks.Add(net);
        app.UseForwardedHeaders(forwarded);
    }
}
