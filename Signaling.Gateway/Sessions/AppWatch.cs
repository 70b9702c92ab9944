using Signaling.Actors.Connections;
using Signaling.Gateway.Callbacks;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Webhooks;

namespace Signaling.Gateway.Sessions;

/// <summary>Counts and keeps the steps of the peers of one app, and has others told of them.</summary>
/// <param name="figures">The app's figures.</param>
/// <param name="ring">Where steps are kept; null: nowhere.</param>
/// <param name="webhook">Who is told of them; null: nobody.</param>
/// <param name="admission">Who is asked whether a peer may listen or call; null: nobody.</param>
/// <param name="time">The clock.</param>
internal sealed class AppWatch(AppFigures figures, SessionRing? ring, AppWebhook? webhook, AppAdmission? admission, TimeProvider time)
{
    /// <summary>Who is asked whether a peer may listen or call; null: nobody.</summary>
    public AppAdmission? Admission { get; } = admission;

    /// <summary>A peer has taken a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="note">What else is known of it.</param>
    public void Happened(in PeerStep step, string? note = null)
    {
        figures.Count(step);
        var now = time.GetUtcNow();
        ring?.Add(new SessionEntry(now.ToUnixTimeMilliseconds(), figures.App, step, note));
        webhook?.Tell(step, now);
    }
}
