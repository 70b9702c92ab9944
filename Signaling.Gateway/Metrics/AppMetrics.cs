using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Signaling.Actors.Connections;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Metrics;

/// <summary>What the peers of each app do, counted. An app is called by its path; no figure names a peer or an address.</summary>
internal sealed class AppMetrics : IDisposable
{
    private readonly ConcurrentDictionary<string, AppFigures> _apps = new(StringComparer.Ordinal);
    private readonly Meter _meter;
    private readonly Counter<long> _answered;
    private readonly Counter<long> _closed;

    public AppMetrics(IMeterFactory factory, IOptions<SignalingOptions> options)
    {
        _meter = factory.Create(SocketMetrics.MeterName);
        _answered = _meter.CreateCounter<long>("signaling.requests.answered", "{request}", "Addresses and links that peers asked for, by what came of it.");
        _closed = _meter.CreateCounter<long>("signaling.links.closed", "{end}", "Ends of links that were closed, by the reason.");
        _meter.CreateObservableCounter("signaling.relay.messages", () => ByWay(count => count.Messages), "{message}", "Messages that peers said to others.");
        _meter.CreateObservableCounter("signaling.relay.bytes", () => ByWay(count => count.Bytes), "By", "Their bytes, headers included.");
        _meter.CreateObservableUpDownCounter("signaling.addresses.held", () => ByApp(app => app.Addresses), "{address}", "Addresses that peers hold.");
        _meter.CreateObservableUpDownCounter("signaling.links.open", () => ByApp(app => app.Links), "{end}", "Ends of links that peers have open.");
        foreach (var app in options.Value.Apps)
            Of(app.Path);
    }

    /// <summary>Those of all apps.</summary>
    public IEnumerable<AppFigures> All => _apps.Values.OrderBy(app => app.App, StringComparer.Ordinal);

    /// <summary>The figures of an app.</summary>
    public AppFigures Of(string app) => _apps.GetOrAdd(app, path => new AppFigures(path, this));

    public void Answered(string app, string request, string outcome) =>
        _answered.Add(1, new("app", app), new("request", request), new("outcome", outcome));

    public void Closed(string app, string reason) => _closed.Add(1, new("app", app), new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<int>> ByApp(Func<AppFigures, int> figure) =>
        _apps.Values.Select(app => new Measurement<int>(figure(app), new KeyValuePair<string, object?>("app", app.App)));

    private IEnumerable<Measurement<long>> ByWay(Func<Count, long> figure) =>
        from app in _apps.Values
        from way in Enum.GetValues<RelayWay>()
        select new Measurement<long>(figure(app.Traffic.By(way)), new("app", app.App), new("way", way.ToString()));
}
