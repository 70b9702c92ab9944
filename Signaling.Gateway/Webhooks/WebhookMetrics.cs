using System.Diagnostics.Metrics;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Webhooks;

/// <summary>What webhooks were told, counted.</summary>
internal sealed class WebhookMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _events;
    private readonly Counter<long> _attempts;

    public WebhookMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(SocketMetrics.MeterName);
        _events = _meter.CreateCounter<long>("signaling.webhooks.events", "{event}", "Events for webhooks, by what became of them.");
        _attempts = _meter.CreateCounter<long>("signaling.webhooks.failures", "{attempt}", "Attempts to tell a webhook something that it did not take.");
    }

    public void Delivered(string app, int events) => Add(app, events, "delivered");

    public void Dropped(string app, int events) => Add(app, events, "dropped");

    public void Failed(string app) => _attempts.Add(1, new KeyValuePair<string, object?>("app", app));

    public void Dispose() => _meter.Dispose();

    private void Add(string app, int events, string outcome) =>
        _events.Add(events, new("app", app), new KeyValuePair<string, object?>("outcome", outcome));
}
