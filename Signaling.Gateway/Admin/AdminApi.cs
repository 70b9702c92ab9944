using System.Text.Json;
using System.Text.Json.Serialization;
using Signaling.Gateway.Sessions;

namespace Signaling.Gateway.Admin;

/// <summary>
/// The admin API, on the internal listener alone: <c>/admin</c>. Any node answers for all, and says which of them have not answered it. Its
/// description is <c>/admin/openapi.json</c>.
/// </summary>
internal static class AdminApi
{
    /// <summary>Adds what it takes.</summary>
    public static void AddAdminApi(this IServiceCollection services)
    {
        services.AddSingleton<AdminGate>();
        services.AddSingleton<ClusterActs>();
        services.AddSingleton<LiveCluster>();
        services.AddOpenApi("admin", options => options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<AdminAct>().Any());
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.Converters.Add(
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        });
    }

    /// <summary>Serves it.</summary>
    public static void MapAdminApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/{documentName}/openapi.json");
        var admin = endpoints.MapGroup("/admin").AddEndpointFilter<RouteGroupBuilder, AdminFilter>().WithTags("admin");

        admin.MapGet("/nodes", ClusterViews.NodesAsync).For("see how the nodes are", "How each node is: its shards, apps, certificates and limits.");
        admin.MapGet("/live", LiveCluster.Serve).For("watch the cluster", "How each node is, again and again, as server-sent events.");
        admin.MapGet("/apps", ClusterViews.AppsAsync).For("see what the apps do", "What the peers of each app do, on all nodes together.");
        admin.MapGet("/addresses", ClusterViews.AddressesAsync).For("see which addresses are held", "A page of the addresses that are held, by their keys, and who holds them.");
        admin.MapGet("/address", ClusterViews.AddressAsync).For("see who holds an address", "Who holds an address, and the links there. Named by app and address, or by its key.");
        admin.MapGet("/trace", TraceAsync).For("see what became of an address", "What has become of those who have asked for an address, and why. The first thing to look at when a call has failed.");

        admin.MapDelete("/peers/{node:int}/{number:long}", ClusterActs.DisconnectAsync).For("disconnect a peer", "Closes a peer's socket with 1008.");
        admin.MapDelete("/addresses/{key}", ClusterActs.CloseAddressAsync).For("close an address", "Has all holders of an address give it back, and closes their links there.");
        admin.MapPost("/nodes/{uid:int}/drain", ClusterActs.DrainAsync).For("drain a node", "Begins to drain a node, which can't be taken back. Its peers come back to others.");
        admin.MapPost("/nodes/{uid:int}/hold", ClusterActs.HoldBackAsync).For("hold a node back", "Has a node say that it is not ready, so that balancers send it nobody.");
        admin.MapDelete("/nodes/{uid:int}/hold", ClusterActs.ReleaseAsync).For("take a node back", "Ends that.");
        admin.MapPut("/log-level", ClusterActs.SetLogLevelAsync).For("change the log's level", "Sets the level of a category of the log, on one node or on all; a new start forgets it.");
    }

    private static Task<Trace> TraceAsync(string app, string address, SessionTrace trace, CancellationToken cancellation) =>
        trace.OfAsync(app, address, cancellation);

    private static void For(this RouteHandlerBuilder endpoint, string act, string description) =>
        endpoint.WithMetadata(new AdminAct(act)).WithSummary(act).WithDescription(description);
}
