using Microsoft.AspNetCore.WebUtilities;

namespace Signaling.Tests.Browser;

/// <summary>A running node, as those see it who open its demo page.</summary>
/// <param name="Page">The demo page, with its closing slash, and the parameters it is to be opened with.</param>
public sealed record DemoNode(Uri Page)
{
    private const string App = "/callapp";
    private const string SignalingParameter = "signaling";

    /// <summary>The WebSocket that the page meets others on.</summary>
    public Uri Signaling
    {
        get
        {
            if (QueryHelpers.ParseQuery(Page.Query).TryGetValue(SignalingParameter, out var url))
                return new Uri(url.ToString());

            var isSecure = string.Equals(Page.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
            return new UriBuilder(Page) { Scheme = isSecure ? Uri.UriSchemeWss : Uri.UriSchemeWs, Path = App, Query = "" }.Uri;
        }
    }

    /// <summary>The page that meets others under an address.</summary>
    public Uri PageFor(string address) => With(Page, "address", address);

    /// <summary>Another page of the same server, which meets others in a room.</summary>
    public Uri PageFor(string path, string room) => With(new Uri(Page, path), "room", room);

    /// <summary>The WebSocket of one app of the same server.</summary>
    public Uri SignalingOf(string app) => new UriBuilder(Signaling) { Path = app }.Uri;

    /// <summary>The page that meets others in another app of the same server.</summary>
    public DemoNode InApp(string path)
    {
        var page = new Uri(Page.GetLeftPart(UriPartial.Path));
        return new DemoNode(With(page, SignalingParameter, SignalingOf(path).AbsoluteUri));
    }

    private static Uri With(Uri page, string name, string value) =>
        new(QueryHelpers.AddQueryString(page.AbsoluteUri, name, value));
}
