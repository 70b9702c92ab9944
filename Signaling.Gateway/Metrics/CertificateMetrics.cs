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
        var uses = certificates.All.GroupBy(one => one.Use, StringComparer.Ordinal)
            .Select(same => (Use: new KeyValuePair<string, object?>("use", same.Key), First: same.MinBy(one => one.NotAfter)!)).ToArray();
        _meter.CreateObservableGauge(
            "signaling.certificate.days_left",
            () => uses.Select(one => new Measurement<double>(one.First.DaysLeft(time.GetUtcNow()), one.Use)),
            "{day}",
            "Days until the first certificate of this use runs out.");
    }

    public void Dispose() => _meter.Dispose();
}
