using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Rereading;

namespace Signaling.Gateway.Webhooks;

/// <summary>The webhooks of all apps.</summary>
internal sealed class AppWebhooks(IOptions<SignalingOptions> options, WebhookMetrics metrics)
{
    private readonly Dictionary<string, AppWebhook> _apps = options.Value.Apps
        .GroupBy(app => app.Path, StringComparer.Ordinal)
        .Select(same => same.Last())
        .Where(app => app.Webhook?.Url is not null)
        .ToDictionary(app => app.Path, app => new AppWebhook(app, app.Webhook!, metrics), StringComparer.Ordinal);

    public IReadOnlyCollection<AppWebhook> All => _apps.Values;

    /// <summary>The files of their secrets, which are to be read again.</summary>
    public IEnumerable<IReread> Files => All.Select(webhook => webhook.Secret);

    /// <summary>That of an app; null: it has none.</summary>
    public AppWebhook? Of(string app) => _apps.GetValueOrDefault(app);

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        foreach (var webhook in All)
            webhook.End();
    }
}
