using System.Net;
using Microsoft.Net.Http.Headers;

namespace Signaling.Gateway.Draining;

/// <summary>
/// Drains the node for who is about to stop it: <c>POST /node/drain</c>. Whoever can send it takes a node out of service, so it
/// has to come from this machine, and from no web page that is shown there.
/// </summary>
internal static class DrainEndpoint
{
    /// <summary>Where it is.</summary>
    public const string Path = "/node/drain";

    /// <summary>Serves it: 200 when no socket is left, 403 for anybody else.</summary>
    public static void MapNodeDrain(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, HandleAsync);

    /// <summary>Answers a request for a drain. One that has begun goes on when its caller goes away.</summary>
    public static async Task HandleAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (!IsFromHere(context.Connection.RemoteIpAddress) || context.Request.Headers.ContainsKey(HeaderNames.Origin))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync(
                "Only a program on the node's own machine may drain it, by a loopback address: let signaling.internal.host be " +
                "127.0.0.1, or 0.0.0.0 where others are to reach the rest of this listener.\n");
            return;
        }

        await context.RequestServices.GetRequiredService<INodeDrain>().DrainAsync().WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("drained\n");
    }

    private static bool IsFromHere(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
