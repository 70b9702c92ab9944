using Signaling.Actors.Connections;

namespace Signaling.Gateway.Sessions;

/// <summary>Keeps the steps of the peers of one app.</summary>
/// <param name="app">The app's path.</param>
/// <param name="ring">Where they are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class SessionRecorder(string app, SessionRing ring, TimeProvider time)
{
    /// <summary>Keeps one.</summary>
    /// <param name="step">The step.</param>
    /// <param name="note">What else is known of it.</param>
    public void Add(in PeerStep step, string? note = null) =>
        ring.Add(new SessionEntry(time.GetUtcNow().ToUnixTimeMilliseconds(), app, step, note));
}
