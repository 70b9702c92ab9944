using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Signaling.Gateway.Health;

/// <summary>The health of this node, for probes: selected by tag.</summary>
internal static class HealthEndpoints
{
    /// <summary>Adds the checks.</summary>
    public static void AddNodeHealth(this IServiceCollection services)
    {
        services.AddSingleton<NodeReady>();
        services.AddHealthChecks()
            .AddCheck<NodeStarted>("node started", tags: [HealthTags.Started])
            .AddCheck<NodeReady>("node ready", tags: [HealthTags.Ready]);
    }

    /// <summary>
    /// Serves <c>/health/live</c>, which asks nobody: it answers while the process does, and a peer or a node in trouble
    /// must not have this one killed; <c>/health/ready</c>; and <c>/health/started</c>.
    /// </summary>
    public static void MapNodeHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", Only(_ => false));
        endpoints.MapHealthChecks("/health/ready", Only(check => check.Tags.Contains(HealthTags.Ready)));
        endpoints.MapHealthChecks("/health/started", Only(check => check.Tags.Contains(HealthTags.Started)));
    }

    private static HealthCheckOptions Only(Func<HealthCheckRegistration, bool> predicate) => new()
    {
        Predicate = predicate,
        ResponseWriter = (context, report) => context.Response.WriteAsync(Describe(report)),
    };

    private static string Describe(HealthReport report) => report.Status == HealthStatus.Healthy
        ? "healthy\n"
        : string.Concat(report.Entries.Values.Where(entry => entry.Description is not null).Select(entry => $"{entry.Description}\n"));
}
