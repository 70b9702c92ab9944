using System.Net;
using Microsoft.Net.Http.Headers;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Tokens;

namespace Signaling.Gateway.Admin;

/// <summary>
/// Who may have the node do something by its internal listener: who has the admin token, or who is on this machine and calls the
/// listener by its own name. A web page that is shown on this machine is neither: it has an origin, or has had its own name lead here.
/// The listener's own page, the dashboard, may read as a program on this machine does, and do what its user has the token for.
/// </summary>
internal sealed class AdminGate(AdminCheck admin, InternalOptions options, AuditLog audit)
{
    private const string SecFetchSite = "Sec-Fetch-Site";

    private enum Page
    {
        /// <summary>A program, or the listener's own page that reads.</summary>
        None,

        /// <summary>The listener's own page, with more than reading in mind.</summary>
        Own,

        /// <summary>Any other.</summary>
        Foreign,
    }

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
        var page = PageOf(context.Request);
        if (page is Page.Foreign)
            return "it comes from a web page";
        if (hasToken)
            return null;
        if (context.Request.Headers.ContainsKey(HeaderNames.Authorization))
            return "its admin token is wrong, or none is set";
        if (page is Page.Own)
            return "a web page takes the admin token for that";
        if (!IsFromHere(context.Connection.RemoteIpAddress))
            return "it comes from another machine";
        return IsOwn(context.Request.Host.Host, host) ? null : "it calls this node by a name that is not its own";
    }

    /// <summary>
    /// Which page a request comes from. Browsers add <c>Origin</c> to all that is more than reading, and no page can change it. A page's
    /// reading of its own server has none, and that of another's says so in <c>Sec-Fetch-Site</c>.
    /// </summary>
    private static Page PageOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(HeaderNames.Origin, out var origin))
            return request.Headers[SecFetchSite] is [{ } site] && site is not ("same-origin" or "none") ? Page.Foreign : Page.None;
        return string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) ? Page.Own : Page.Foreign;
    }

    private static bool IsFromHere(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.Plain());

    // A name can be made to lead here by whoever owns it; an address can't.
    private static bool IsOwn(string asked, string host) =>
        IPAddress.TryParse(asked, out _)
        || asked.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (asked.Length > 0 && asked.Equals(host, StringComparison.OrdinalIgnoreCase));
}
