using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Signaling.Actors.Hosting;
using Signaling.Actors.Messages;
using Signaling.Gateway.Draining;

namespace Signaling.Gateway.Health;

/// <summary>The state of this node, for who runs the service: <c>/node</c>. It names no peer and no address.</summary>
internal static class NodeStateEndpoint
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Serves <c>/node</c>; 503 where the actors don't answer within a second.</summary>
    public static void MapNodeState(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/node", async context =>
    {
        var services = context.RequestServices;
        try
        {
            var state = await AskAsync(
                services.GetRequiredService<ActorSystem>(),
                services.GetRequiredService<ILease>(),
                services.GetRequiredService<INodeDrain>(),
                context.RequestAborted);
            await context.Response.WriteAsJsonAsync(state);
        }
        catch (Exception e) when (e is AskTimeoutException || (e is OperationCanceledException && !context.RequestAborted.IsCancellationRequested))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("The node's actors do not answer.\n");
        }
    });

    private static async Task<NodeState> AskAsync(ActorSystem system, ILease lease, INodeDrain drain, CancellationToken aborted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        patience.CancelAfter(Patience);
        var cluster = Cluster.Get(system);
        var status = await SignalingActors.StatusOfAsync(system, patience.Token);
        var shards = await SignalingActors.AddressesOf(system)
            .Ask<CurrentShardRegionState>(GetShardRegionState.Instance, patience.Token);
        return new NodeState(
            cluster.SelfUniqueAddress.Uid,
            cluster.SelfAddress.ToString(),
            cluster.SelfMember.Status.ToString(),
            lease.IsHeld,
            drain.IsDraining,
            status.Connections,
            [.. shards.Shards.Select(shard => int.Parse(shard.ShardId, CultureInfo.InvariantCulture)).Order()],
            [.. cluster.State.Members.Select(member => member.UniqueAddress.Uid).Order()]);
    }

    /// <param name="Uid">The number of this start of the node.</param>
    /// <param name="Address">Where the other nodes reach it.</param>
    /// <param name="Status">What it is in its cluster, such as <c>Up</c>.</param>
    /// <param name="LeaseHeld">Whether it may serve.</param>
    /// <param name="Draining">Whether it is about to stop.</param>
    /// <param name="Connections">How many connections it has, those included whose peers have left and whose last words are under way.</param>
    /// <param name="Shards">The shards of the addresses that live on it.</param>
    /// <param name="Members">The uids of the nodes of its cluster.</param>
    private sealed record NodeState(
        int Uid, string Address, string Status, bool LeaseHeld, bool Draining, int Connections, int[] Shards, int[] Members);
}
