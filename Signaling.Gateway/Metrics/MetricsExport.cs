using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Signaling.Gateway.Metrics;

/// <summary>
/// Gives the figures to Prometheus. An application that embeds the service reads its meter by whatever it reads its others by.
/// </summary>
internal static class MetricsExport
{
    private const string Path = "/metrics";

    // The runtime's own: memory, garbage collection, threads, time of the processors.
    private const string RuntimeMeterName = "System.Runtime";

    /// <summary>Collects the figures of the service and of the runtime.</summary>
    public static void AddMetricsExport(this IServiceCollection services) => services.AddOpenTelemetry().WithMetrics(metrics => metrics
        .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(
            "signaling", serviceVersion: typeof(MetricsExport).Assembly.GetName().Version!.ToString(3), autoGenerateServiceInstanceId: false))
        .AddMeter(SocketMetrics.MeterName, RuntimeMeterName)
        .AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false)); // which meter a figure comes from tells nobody anything

    /// <summary>Serves <c>/metrics</c>.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints) => endpoints.MapPrometheusScrapingEndpoint(Path);
}
