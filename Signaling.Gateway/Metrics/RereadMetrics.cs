using System.Diagnostics.Metrics;

namespace Signaling.Gateway.Metrics;

/// <summary>What came of files that are read again while the node runs, counted.</summary>
internal sealed class RereadMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _reread;

    public RereadMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(SocketMetrics.MeterName);
        _reread = _meter.CreateCounter<long>(
            "signaling.files.reread", "{time}", "Times that a certificate, token, key or secret had changed in its file, and was taken or refused.");
    }

    public void Reread(bool isTaken) => _reread.Add(1, new KeyValuePair<string, object?>("outcome", isTaken ? "Taken" : "Refused"));

    public void Dispose() => _meter.Dispose();
}
