namespace Signaling.Tests.Faults;

/// <summary>What one peer of a conversation says and the other hears, number by number.</summary>
internal sealed class Direction
{
    private readonly HashSet<int> _missing = [];
    private int _said;
    private int _next;
    private Moment? _lastHeard;

    /// <summary>How many messages were said; they are numbered from 0.</summary>
    public int Said => Volatile.Read(ref _said);

    /// <summary>How many were heard, each once.</summary>
    public int Heard => Volatile.Read(ref _next) - _missing.Count;

    /// <summary>Numbers that were not heard although later ones were.</summary>
    public int Gaps => _missing.Count;

    /// <summary>Messages that were said and not heard.</summary>
    public int Lost => Said - Heard;

    public int Duplicates { get; private set; }

    /// <summary>Messages that were heard after later ones.</summary>
    public int OutOfOrder { get; private set; }

    /// <summary>Messages of other conversations, and bytes that nobody said.</summary>
    public int Foreign { get; private set; }

    /// <summary>The longest time between two messages heard, since it was last forgotten.</summary>
    public TimeSpan LongestGap { get; private set; }

    /// <summary>The longest way of a message, since it was last forgotten.</summary>
    public TimeSpan LongestWay { get; private set; }

    /// <summary>The number of the next message to be said.</summary>
    public int NextToSay => _said;

    public void Say() => Volatile.Write(ref _said, _said + 1);

    public void Hear(int number, Moment saidAt, Moment at)
    {
        if (number < 0 || number > Said)
        {
            Foreign++;
            return;
        }

        if (_lastHeard is { } last && at - last > LongestGap)
            LongestGap = at - last;
        _lastHeard = at;
        if (at - saidAt > LongestWay)
            LongestWay = at - saidAt;

        if (number >= _next)
        {
            for (var missing = _next; missing < number; missing++)
                _missing.Add(missing);
            Volatile.Write(ref _next, number + 1);
        }
        else if (_missing.Remove(number))
        {
            OutOfOrder++;
        }
        else
        {
            Duplicates++;
        }
    }

    public void HearForeign() => Foreign++;

    /// <summary>Measures gaps and ways anew.</summary>
    public void Forget() => (LongestGap, LongestWay) = (TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The longest that this direction was held up, one that still lasts included.</summary>
    public TimeSpan HoldUp(Moment now)
    {
        var longest = LongestGap > LongestWay ? LongestGap : LongestWay;
        return Lost > 0 && _lastHeard is { } last && now - last > longest ? now - last : longest;
    }
}
