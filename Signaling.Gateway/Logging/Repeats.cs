namespace Signaling.Gateway.Logging;

/// <summary>
/// Keeps those who come again and again from filling the log: of each there is a line in five minutes, with the number of times
/// between. It remembers so many; all others share a line.
/// </summary>
internal sealed class Repeats(TimeProvider time)
{
    /// <summary>How many are told apart.</summary>
    public const int MostTold = 256;

    private const string Others = "";

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTimeOffset Said, int Unsaid)> _told = new(StringComparer.Ordinal);

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
