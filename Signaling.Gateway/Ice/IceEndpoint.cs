using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Signaling.Gateway.Limits;
using Signaling.Gateway.Origins;
using Signaling.Gateway.Sockets;
using Signaling.Gateway.Tokens;

namespace Signaling.Gateway.Ice;

/// <summary>
/// <c>GET /api/ice?app=/callapp</c>: the STUN and TURN servers of an app, with passwords for a short time, to those whom the app lets in.
/// A page of another host may read it where it may open a socket.
/// </summary>
internal sealed class IceEndpoint(IceServers servers, PeerAdmission admission, AllowedOrigins origins, Doorkeeper door) : IRequestHandler
{
    /// <summary>The endpoint's path, compared exactly.</summary>
    public const string Path = "/api/ice";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task HandleAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var target = RequestTarget.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var app = target.QueryValue("app") ?? "";
        response.Headers.Vary = HeaderNames.Origin;
        if (request.Headers.Origin is [{ } origin] && origins.Allow(request, app))
            response.Headers.AccessControlAllowOrigin = origin;

        if (HttpMethods.IsOptions(request.Method))
        {
            response.Headers.AccessControlAllowMethods = "GET";
            response.Headers.AccessControlAllowHeaders = HeaderNames.Authorization;
            response.StatusCode = StatusCodes.Status204NoContent;
        }
        else if (!HttpMethods.IsGet(request.Method))
        {
            response.Headers.Allow = "GET, OPTIONS";
            await AnswerAsync(response, StatusCodes.Status405MethodNotAllowed, "Method Not Allowed: use GET.");
        }
        else if (door.RefuseRequest(context.Connection.RemoteIpAddress) is { } refusal)
        {
            await refusal.AnswerAsync(response);
        }
        else if (!servers.Knows(app))
        {
            await AnswerAsync(response, StatusCodes.Status404NotFound, "Unknown app: say which by its path, as in /api/ice?app=/callapp.");
        }
        else if (!origins.Allow(request, app))
        {
            await AnswerAsync(response, StatusCodes.Status403Forbidden, "Origin not allowed: see signaling.origins.");
        }
        else if (await admission.AdmitAsync(PeerToken.Of(request, target, []), app, context.Connection.RemoteIpAddress, context.RequestAborted) is not { } peer)
        {
            await AnswerAsync(response, StatusCodes.Status401Unauthorized, "Invalid token");
        }
        else
        {
            response.Headers.CacheControl = "no-store";
            await response.WriteAsJsonAsync(servers.Make(app, peer.Rights.Owner), Json, context.RequestAborted);
        }
    }

    private static Task AnswerAsync(HttpResponse response, int status, string text)
    {
        response.StatusCode = status;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(text);
    }
}
