using System.Diagnostics.Metrics;
using Signaling.Gateway.Tokens;

namespace Signaling.Gateway.Metrics;

/// <summary>Which tokens were refused, and why, counted.</summary>
internal sealed class TokenMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _throttled;

    public TokenMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(SocketMetrics.MeterName);
        _refused = _meter.CreateCounter<long>("signaling.tokens.refused", "{token}", "User tokens and admin tokens that were refused.");
        _throttled = _meter.CreateCounter<long>("signaling.tokens.throttled", "{attempt}", "Attempts of addresses that had shown too many wrong tokens before.");
    }

    public void Refused(TokenFault fault) => _refused.Add(1, new KeyValuePair<string, object?>("reason", fault.ToString()));

    public void Throttled(FailedAttempts.Kind kind) => _throttled.Add(1, new KeyValuePair<string, object?>("attempt", kind.ToString()));

    public void Dispose() => _meter.Dispose();
}
