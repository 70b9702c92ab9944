using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Signaling.Gateway.Health;

/// <summary>Whether the node has joined its cluster and listens: once it has, for good.</summary>
internal sealed class NodeStarted(IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStarted.IsCancellationRequested
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The node has not joined its cluster yet."));
}
