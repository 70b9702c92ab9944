using Signaling.Gateway.Logging;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.ClusterPort;

/// <summary>Counts strangers at the port between nodes, and says when the log is to tell of one.</summary>
internal sealed class Refusals(ClusterPortMetrics metrics, TimeProvider time)
{
    private readonly Repeats _repeats = new(time);

    /// <summary>Takes note that one was refused.</summary>
    /// <param name="who">Its address, without the port.</param>
    /// <param name="reason">What for.</param>
    /// <param name="more">What to put at the end of the line.</param>
    /// <returns>Whether a line is due.</returns>
    public bool IsDue(string who, Refusal reason, out string more)
    {
        metrics.Refused(reason);
        return IsDue($"{who} {reason}", out more);
    }

    /// <summary>Takes note of another trouble.</summary>
    /// <param name="what">What is told apart.</param>
    /// <param name="more">What to put at the end of the line.</param>
    /// <returns>Whether a line is due.</returns>
    public bool IsDue(string what, out string more) => _repeats.IsDue(what, out more);

    /// <summary>Counts one of whom the log says nothing.</summary>
    public void Count(Refusal reason) => metrics.Refused(reason);
}
