using Microsoft.Net.Http.Headers;
using Signaling.Actors.Messages;

namespace Signaling.Gateway.Draining;

/// <summary>Sends who comes to a node that is about to stop elsewhere.</summary>
internal sealed class DrainGate(INodeDrain drain, ILease lease)
{
    // Whatever is in front of the nodes, the next attempt may reach another one at once.
    private const string Soon = "1";

    /// <summary>Whether new sockets, and user tokens, are taken.</summary>
    public bool IsOpen => !drain.IsClosed && lease.IsHeld;

    /// <summary>Answers a request that is not taken.</summary>
    public static Task RefuseAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers[HeaderNames.RetryAfter] = Soon;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync("Service Unavailable: this node is about to stop. Try again, to reach another one.");
    }
}
