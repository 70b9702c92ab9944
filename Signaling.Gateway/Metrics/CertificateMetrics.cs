using System.Diagnostics.Metrics;
using Signaling.Gateway.Certificates;

namespace Signaling.Gateway.Metrics;

/// <summary>How long the certificates of this process still hold.</summary>
internal sealed class CertificateMetrics : IDisposable
{
    private readonly Meter _meter;

    public CertificateMetrics(IMeterFactory factory, CertificatesInUse certificates, TimeProvider time)
    {
        _meter = factory.Create(SocketMetrics.MeterName);
        _meter.CreateObservableGauge(
            "signaling.certificate.days_left",
            () => certificates.All.GroupBy(one => one.Use, StringComparer.Ordinal).Select(same => new Measurement<double>(
                same.Min(one => one.DaysLeft(time.GetUtcNow())), new KeyValuePair<string, object?>("use", same.Key))),
            "{day}",
            "Days until the first certificate of this use runs out.");
    }

    public void Dispose() => _meter.Dispose();
}
