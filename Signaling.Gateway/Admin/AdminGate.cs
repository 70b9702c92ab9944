using System.Net;
using Microsoft.Net.Http.Headers;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Tokens;

namespace Signaling.Gateway.Admin;

/// <summary>
/// Who may have the node do something by its internal listener: who has the admin token, or who is on this machine and calls the
/// listener by its own name. A web page that is shown on this machine is neither: it has an origin, or has had its own name lead here.
/// </summary>
internal sealed class AdminGate(AdminCheck admin, InternalOptions options, AuditLog audit)
{
    /// <summary>Answers 403 to who may not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="act">What it is for, as <c>drain the node</c>.</param>
    /// <returns>Whether the caller may.</returns>
    public async Task<bool> AdmitsAsync(HttpContext context, string act)
    {
        if (ObstacleOf(context, admin.Of(context) == AdminVerdict.Admin, options.Host) is not { } obstacle)
            return true;

        audit.Refused(context, act, obstacle);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(
            $"You may not {act}: {obstacle}. It takes the admin token in Authorization, or a program on the node's own machine that " +
            "calls it by a loopback address: let signaling.internal.host be 127.0.0.1, or 0.0.0.0 where others are to reach the rest " +
            "of this listener.\n");
        return false;
    }

    /// <summary>Why a request may not have the node do anything.</summary>
    /// <param name="context">The request.</param>
    /// <param name="hasToken">Whether it has the admin token.</param>
    /// <param name="host">The name that the listener has in the configuration.</param>
    /// <returns>A clause; null: it may.</returns>
    public static string? ObstacleOf(HttpContext context, bool hasToken, string host)
    {
        if (context.Request.Headers.ContainsKey(HeaderNames.Origin))
            return "it comes from a web page";
        if (hasToken)
            return null;
        if (context.Request.Headers.ContainsKey(HeaderNames.Authorization))
            return "its admin token is wrong, or none is set";
        if (!IsFromHere(context.Connection.RemoteIpAddress))
            return "it comes from another machine";
        return IsOwn(context.Request.Host.Host, host) ? null : "it calls this node by a name that is not its own";
    }

    private static bool IsFromHere(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.Plain());

    // A name can be made to lead here by whoever owns it; an address can't.
    private static bool IsOwn(string asked, string host) =>
        IPAddress.TryParse(asked, out _)
        || asked.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (asked.Length > 0 && asked.Equals(host, StringComparison.OrdinalIgnoreCase));
}
