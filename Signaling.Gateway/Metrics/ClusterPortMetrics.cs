using System.Diagnostics.Metrics;
using Signaling.Gateway.ClusterPort;

namespace Signaling.Gateway.Metrics;

/// <summary>Who was refused at the port between nodes, counted.</summary>
internal sealed class ClusterPortMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _refused;

    public ClusterPortMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(SocketMetrics.MeterName);
        _refused = _meter.CreateCounter<long>("signaling.cluster.refused", "{connection}", "Connections that were refused at the port between nodes.");
    }

    public void Refused(Refusal reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void Dispose() => _meter.Dispose();
}
