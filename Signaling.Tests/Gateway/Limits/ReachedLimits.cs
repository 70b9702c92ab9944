using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Gateway.Metrics;

namespace Signaling.Tests.Gateway.Limits;

/// <summary>How often limits were reached, and sockets refused, as the figures of one service tell it.</summary>
internal sealed class ReachedLimits : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <param name="services">The service's.</param>
    public ReachedLimits(IServiceProvider services)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Name is "signaling.limits.reached" or "signaling.sockets.refused")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _counts.AddOrUpdate((string)tags[0].Value!, value, (_, old) => old + value));
        services.GetRequiredService<SocketMetrics>(); // which makes them
        _listener.Start();
    }

    /// <summary>How often one was reached, or a socket was refused for a reason.</summary>
    public long this[string what] => _counts.GetValueOrDefault(what);

    public void Dispose() => _listener.Dispose();
}
