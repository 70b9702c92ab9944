using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.ClusterPort;

/// <summary>
/// Counts strangers, and keeps them from filling the log: of one that comes again and again for the same reason there is a line
/// in five minutes, with the number of times between. It remembers so many; all others share a line.
/// </summary>
internal sealed class Refusals(ClusterPortMetrics metrics, TimeProvider time)
{
    /// <summary>How many are told apart.</summary>
    public const int MostTold = 256;

    private const string Others = "";

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Said, int Unsaid)> _told = new(StringComparer.Ordinal);

    /// <summary>Takes note that one was refused.</summary>
    /// <param name="who">Its address, without the port.</param>
    /// <param name="reason">What for.</param>
    /// <param name="more">As below.</param>
    /// <returns>Whether a line is due.</returns>
    public bool IsDue(string who, Refusal reason, out string more)
    {
        metrics.Refused(reason);
        return IsDue($"{who} {reason}", out more);
    }

    /// <summary>Counts one of whom the log says nothing.</summary>
    public void Count(Refusal reason) => metrics.Refused(reason);

    /// <summary>Takes note of something that may come again and again.</summary>
    /// <param name="who">What is told apart.</param>
    /// <param name="more">What to put at the end of the line: how many of its like there were since the last one.</param>
    /// <returns>Whether a line is due.</returns>
    public bool IsDue(string who, out string more)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (!_told.ContainsKey(who) && _told.Count >= MostTold)
            {
                Forget(now);
                who = _told.Count >= MostTold ? Others : who;
            }

            var isKnown = _told.TryGetValue(who, out var last);
            if (isKnown && now - last.Said < Quiet)
            {
                _told[who] = last with { Unsaid = last.Unsaid + 1 };
                more = "";
                return false;
            }

            _told[who] = (now, 0);
            more = last.Unsaid == 0 ? "" : $" It was so {last.Unsaid} times more since it was last said.";
            return true;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (who, _) in _told.Where(one => now - one.Value.Said >= Quiet).ToList())
            _told.Remove(who);
    }
}
