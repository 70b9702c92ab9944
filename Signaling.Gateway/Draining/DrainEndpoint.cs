using Signaling.Gateway.Admin;

namespace Signaling.Gateway.Draining;

/// <summary>
/// Drains the node for who is about to stop it: <c>POST /node/drain</c>. Whoever can send it takes a node out of service, so
/// <see cref="AdminGate"/> is before it.
/// </summary>
internal static class DrainEndpoint
{
    /// <summary>Where it is.</summary>
    public const string Path = "/node/drain";

    /// <summary>Serves it: 200 when no socket is left, 403 for who may not.</summary>
    public static void MapNodeDrain(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, HandleAsync);

    // A drain that has begun goes on when its caller goes away.
    private static async Task HandleAsync(HttpContext context)
    {
        var services = context.RequestServices;
        if (!await services.GetRequiredService<AdminGate>().AdmitsAsync(context, "drain the node"))
            return;

        var audit = services.GetRequiredService<AuditLog>();
        audit.DrainBegun(context);
        await services.GetRequiredService<INodeDrain>().DrainAsync().WaitAsync(context.RequestAborted);
        audit.DrainDone(context);
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync("drained\n");
    }
}
