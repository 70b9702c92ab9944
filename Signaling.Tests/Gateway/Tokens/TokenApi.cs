using System.Net;
using System.Text.Json;
using Signaling.Gateway.Tokens;

namespace Signaling.Tests.Gateway.Tokens;

/// <summary>The registration of user tokens, as a client of it sees it.</summary>
public static class TokenApi
{
    /// <summary>The admin token of the nodes that need one.</summary>
    public const string AdminToken = "admin, päss: word";

    private static readonly HttpClient Client = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 });

    /// <summary>Registers a token and returns the answer's status.</summary>
    public static async Task<HttpStatusCode> RegisterAsync(Uri node, string userToken, double seconds = 60)
    {
        var (status, _) = await AskAsync(node, JsonSerializer.Serialize(new { userToken, timeout = seconds }));
        return status;
    }

    /// <summary>Sends any request and returns the answer's status and text.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> AskAsync(
        Uri node, string? body, string? authorization = $"Bearer {AdminToken}", string method = "POST", string path = TokenEndpoint.Path)
    {
        var url = new Uri(node.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body is not null)
            request.Content = new StringContent(body);
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The URL of an app for a peer with a token.</summary>
    public static Uri WithToken(this Uri app, string userToken) => new($"{app}?userToken={Uri.EscapeDataString(userToken)}");
}
