using System.Text.Json;
using System.Text.Json.Serialization;
using Signaling.Gateway.Sessions;

namespace Signaling.Gateway.Admin;

/// <summary><c>GET /admin/trace?app=/callapp&amp;address=room</c>: what has become of those who have asked for an address.</summary>
internal static class TraceEndpoint
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Serves it, to who may.</summary>
    public static void MapTrace(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/admin/trace", async context =>
    {
        var services = context.RequestServices;
        if (!await services.GetRequiredService<AdminGate>().AdmitsAsync(context, "see what became of an address"))
            return;

        var (app, address) = (context.Request.Query["app"].ToString(), context.Request.Query["address"].ToString());
        if (app.Length == 0 || address.Length == 0)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("Name the app's path and the address: /admin/trace?app=/callapp&address=room\n");
            return;
        }

        var trace = await services.GetRequiredService<SessionTrace>().OfAsync(app, address, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(trace, Json);
    });
}
