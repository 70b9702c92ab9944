using System.Diagnostics.Metrics;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Callbacks;

/// <summary>What apps' own programs were asked, counted.</summary>
internal sealed class AdmissionMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _asked;

    public AdmissionMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(SocketMetrics.MeterName);
        _asked = _meter.CreateCounter<long>("signaling.admission.requests", "{request}", "Requests of peers that an app's own program was asked about, by its answer.");
    }

    public void Asked(string app, string outcome) => _asked.Add(1, new("app", app), new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
