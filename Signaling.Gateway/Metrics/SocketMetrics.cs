using System.Diagnostics.Metrics;
using Signaling.Actors.Connections;

namespace Signaling.Gateway.Metrics;

/// <summary>What happened on the peers' sockets, counted.</summary>
internal sealed class SocketMetrics : IDisposable
{
    /// <summary>The meter's name, that of all figures of the service.</summary>
    public const string MeterName = "Signaling";

    private readonly Meter _meter;
    private readonly Counter<long> _ignored;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _limits;
    private readonly Counter<long> _requestsRefused;
    private long _refusals;

    public SocketMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _ignored = _meter.CreateCounter<long>("signaling.messages.ignored", "{message}", "Messages of peers that meant nothing.");
        _refused = _meter.CreateCounter<long>("signaling.sockets.refused", "{socket}", "Sockets that were closed at once.");
        _limits = _meter.CreateCounter<long>("signaling.limits.reached", "{time}", "Times that a limit was reached.");
        _requestsRefused = _meter.CreateCounter<long>("signaling.requests.refused", "{request}", "Addresses and links that peers asked for and were denied by a limit or their rights.");
    }

    /// <summary>How many sockets were closed at once.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    public void Ignored(IgnoredMessage reason) => Ignored(reason.ToString());

    public void IgnoredText() => Ignored("Text");

    public void Refused(string reason)
    {
        Interlocked.Increment(ref _refusals);
        _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }

    public void LimitReached(string limit) => _limits.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void Refused(Refusal reason) => _requestsRefused.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void Dispose() => _meter.Dispose();

    private void Ignored(string reason) => _ignored.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
