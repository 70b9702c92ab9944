using System.Diagnostics;

namespace Signaling.Load.Modes;

/// <summary>The fixed times at which one of several does what all together do so often a second.</summary>
/// <param name="start">The time stamp that all count from.</param>
/// <param name="which">Which of them.</param>
/// <param name="of">How many there are.</param>
/// <param name="rate">How often a second all together do it.</param>
internal sealed class Pace(long start, int which, int of, int rate)
{
    private readonly double _period = (double)Stopwatch.Frequency * of / rate;
    private long _turn;

    /// <summary>How many times are over that it has not been asked for.</summary>
    public long Behind => Math.Max(0, (long)((Stopwatch.GetTimestamp() - TurnAt(_turn)) / _period));

    /// <summary>Waits for the next time, if that is not over.</summary>
    /// <returns>Its time stamp.</returns>
    public async ValueTask<long> NextAsync(CancellationToken stop)
    {
        var at = TurnAt(_turn);
        for (var now = Stopwatch.GetTimestamp(); now < at; now = Stopwatch.GetTimestamp())
            await Task.Delay((int)Math.Ceiling(Stopwatch.GetElapsedTime(now, at).TotalMilliseconds), stop);
        stop.ThrowIfCancellationRequested();
        _turn++;
        return at;
    }

    private long TurnAt(long turn) => start + (long)((turn * _period) + (_period * which / of));
}
