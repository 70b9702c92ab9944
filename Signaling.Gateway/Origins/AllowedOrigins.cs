using System.Collections.Frozen;
using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Origins;

/// <summary>
/// Which web pages may use the service from the browsers of those who visit them. What is no page, an app of its own, names no
/// origin, and is not asked for one: it could name any.
/// </summary>
internal sealed class AllowedOrigins(IOptions<SignalingOptions> options)
{
    private readonly bool _strict = options.Value.Strict;
    private readonly OriginPattern[] _all = Parse(options.Value.Origins);

    private readonly FrozenDictionary<string, OriginPattern[]> _ofApps = options.Value.Apps
        .GroupBy(app => app.Path, StringComparer.Ordinal)
        .Where(same => same.Last().Origins.Count > 0)
        .ToFrozenDictionary(same => same.Key, same => Parse(same.Last().Origins), StringComparer.Ordinal);

    /// <summary>Whether a page may.</summary>
    /// <param name="request">What its browser asks for.</param>
    /// <param name="app">The path of the app.</param>
    public bool Allow(HttpRequest request, string app)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return true;
        var allowed = _ofApps.GetValueOrDefault(app, _all);
        if (allowed.Length > 0)
            return allowed.Any(pattern => pattern.Matches(origin));
        return !_strict || IsOfHost(origin, request.Host);
    }

    /// <summary>Whether all that is listed are origins.</summary>
    public static bool AreOrigins(SignalingOptions options) =>
        options.Apps.SelectMany(app => app.Origins).Concat(options.Origins).All(text => OriginPattern.Parse(text) is not null);

    // Whatever the port: who serves one port of a host has a say in the others.
    private static bool IsOfHost(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Host.Length > 0 && page.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase);

    private static OriginPattern[] Parse(IEnumerable<string> origins) =>
        [.. origins.Select(OriginPattern.Parse).OfType<OriginPattern>()];
}
