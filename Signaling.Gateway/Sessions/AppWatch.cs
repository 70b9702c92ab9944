using Signaling.Actors.Connections;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Sessions;

/// <summary>Counts and keeps the steps of the peers of one app.</summary>
/// <param name="figures">The app's figures.</param>
/// <param name="ring">Where steps are kept; null: nowhere.</param>
/// <param name="time">The clock.</param>
internal sealed class AppWatch(AppFigures figures, SessionRing? ring, TimeProvider time)
{
    /// <summary>A peer has taken a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="note">What else is known of it.</param>
    public void Happened(in PeerStep step, string? note = null)
    {
        figures.Count(step);
        ring?.Add(new SessionEntry(time.GetUtcNow().ToUnixTimeMilliseconds(), figures.App, step, note));
    }
}
