using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Signaling.Actors.Hosting;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Draining;

namespace Signaling.Gateway.Health;

/// <summary>
/// Whether peers should be sent to the node: it is a member of a cluster that has its majority, it may serve, its share of the
/// addresses answers, and it is not about to stop.
/// </summary>
internal sealed class NodeReady(ActorSystem system, ILease lease, INodeDrain drain, HoldBack holdBack, IOptions<SignalingOptions> options) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Why the node is not ready, as far as that is known without asking anybody; null: nothing is in the way.</summary>
    public string? Obstacle
    {
        get
        {
            if (drain.IsDraining)
                return "The node is about to stop.";

            if (holdBack.IsOn)
                return "The node is held back by who runs the service.";

            var cluster = Cluster.Get(system);
            if (cluster.SelfMember.Status != MemberStatus.Up)
                return $"The node is {cluster.SelfMember.Status} in its cluster, not Up.";
            return lease.IsHeld ? MissingMajority(cluster.State) : "The node does not hold its lease.";
        }
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (Obstacle is { } obstacle)
            return HealthCheckResult.Unhealthy(obstacle);

        try
        {
            var addresses = SignalingActors.AddressesOf(system);
            await addresses.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (AskTimeoutException)
        {
            return HealthCheckResult.Unhealthy("The node's addresses do not answer.");
        }
    }

    private string? MissingMajority(ClusterEvent.CurrentClusterState state)
    {
        var up = state.Members.Where(member => member.Status == MemberStatus.Up).ToList();
        var reached = up.Count(member => !state.Unreachable.Contains(member));
        var needed = Math.Max(options.Value.Node.Majority, (up.Count / 2) + 1);
        return reached >= needed ? null : $"The node reaches {reached} nodes of its cluster, itself included, of {needed} that it takes to serve.";
    }
}
