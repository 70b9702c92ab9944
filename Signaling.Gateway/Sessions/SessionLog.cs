using System.Net;
using Microsoft.Extensions.Options;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Gateway.Callbacks;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Webhooks;

namespace Signaling.Gateway.Sessions;

/// <summary>
/// What the peers of this node have asked for of late, and what has become of it: never what they have said to each other. Old entries
/// make way for new ones. Those who were turned away at the door have a smaller place of their own: they may be many.
/// </summary>
internal sealed class SessionLog
{
    private const int TurnedAwayShare = 10;

    private readonly SessionRing? _peers;
    private readonly SessionRing? _turnedAway;
    private readonly AppMetrics _metrics;
    private readonly AppWebhooks _webhooks;
    private readonly AppAdmissions _admissions;
    private readonly TimeProvider _time;

    public SessionLog(IOptions<SignalingOptions> options, AppMetrics metrics, AppWebhooks webhooks, AppAdmissions admissions, TimeProvider time)
    {
        (_metrics, _webhooks, _admissions, _time) = (metrics, webhooks, admissions, time);
        if (options.Value.Sessions.Keep is > 0 and var keep)
            (_peers, _turnedAway) = (new SessionRing(keep), new SessionRing(Math.Max(1, keep / TurnedAwayShare)));
    }

    /// <summary>Takes the steps of an app's peers.</summary>
    public AppWatch Of(string app) => new(_metrics.Of(app), _peers, _webhooks.Of(app), _admissions.Of(app), _time);

    /// <summary>A socket was refused.</summary>
    /// <param name="path">What it has asked for.</param>
    /// <param name="reason">Why.</param>
    /// <param name="client">Where it came from.</param>
    public void TurnedAway(string path, string reason, IPAddress? client) => _turnedAway?.Add(new SessionEntry(
        _time.GetUtcNow().ToUnixTimeMilliseconds(),
        path,
        new PeerStep(StepKind.TurnedAway, StepReason.NoRight, default),
        $"{reason} ({client?.Plain()})"));

    /// <summary>What concerns one address: the steps of those who have asked for it, and whom the app has turned away meanwhile.</summary>
    /// <param name="app">The app's path.</param>
    /// <param name="key">The address' key.</param>
    /// <returns>Them, the oldest first.</returns>
    public IReadOnlyList<SessionEntry> About(string app, string key)
    {
        var all = _peers?.ToArray() ?? [];
        var peers = new HashSet<ConnectionUid>(all.Where(entry => IsAbout(entry, key)).Select(entry => entry.Step.Peer));
        var turnedAway = (_turnedAway?.ToArray() ?? []).Where(entry => string.Equals(entry.App, app, StringComparison.Ordinal));
        return
        [
            .. all.Where(entry => IsAbout(entry, key) || (entry.Step.Kind == StepKind.Left && peers.Contains(entry.Step.Peer)))
                .Concat(turnedAway)
                .OrderBy(entry => entry.At),
        ];
    }

    private static bool IsAbout(in SessionEntry entry, string key) => string.Equals(entry.Step.Key, key, StringComparison.Ordinal);
}
