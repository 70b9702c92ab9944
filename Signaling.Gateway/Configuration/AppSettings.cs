using System.ComponentModel.DataAnnotations;
using Signaling.Actors.Messages;

namespace Signaling.Gateway.Configuration;

/// <summary>What an app of <c>config.json</c> is told beyond what the original knows: <c>signaling.apps.NAME</c>.</summary>
internal sealed class AppSettings
{
    /// <summary>As <see cref="AppOptions.Takeover"/>.</summary>
    public Takeover Takeover { get; set; }

    /// <summary>As <see cref="AppOptions.MostListeners"/>.</summary>
    [Range(1, 1_000_000)]
    public int? MostListeners { get; set; }

    /// <summary>As <see cref="AppOptions.Origins"/>.</summary>
    [Origin]
    public IList<string> Origins { get; init; } = [];

    /// <summary>As <see cref="AppOptions.Ice"/>.</summary>
    public IceOptions? Ice { get; set; }

    /// <summary>As <see cref="AppOptions.Webhook"/>.</summary>
    public WebhookOptions? Webhook { get; set; }

    /// <summary>As <see cref="AppOptions.Admission"/>.</summary>
    public AdmissionOptions? Admission { get; set; }

    /// <summary>Tells an app of it.</summary>
    public void ApplyTo(AppOptions app)
    {
        app.Takeover = Takeover;
        app.MostListeners = MostListeners;
        app.Origins = Origins;
        app.Ice = Ice;
        app.Webhook = Webhook;
        app.Admission = Admission;
    }
}
