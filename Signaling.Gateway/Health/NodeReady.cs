using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Signaling.Actors.Hosting;

namespace Signaling.Gateway.Health;

/// <summary>Whether the node serves: it is a member, its share of the addresses answers, and it is not about to stop.</summary>
internal sealed class NodeReady(ActorSystem system, IHostApplicationLifetime lifetime) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return HealthCheckResult.Unhealthy("The node stops.");

        var status = Cluster.Get(system).SelfMember.Status;
        if (status != MemberStatus.Up)
            return HealthCheckResult.Unhealthy($"The node is {status} in its cluster, not Up.");

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
}
