using System.Diagnostics;
using HdrHistogram;

namespace Signaling.Load.Figures;

/// <summary>How long something took, each time. Thread-safe.</summary>
/// <param name="name">What it is.</param>
internal sealed class Distribution(string name)
{
    private const long Longest = 3_600_000_000; // us
    private const int Digits = 3;

    private readonly Recorder _recorder = HistogramFactory.With64BitBucketSize()
        .WithValuesFrom(1).WithValuesUpTo(Longest).WithPrecisionOf(Digits)
        .WithThreadSafeWrites().WithThreadSafeReads().Create();

    private readonly LongHistogram _total = new(Longest, Digits);

    public string Name { get; } = name;

    /// <summary>How often it was measured.</summary>
    public long Count => _total.TotalCount;

    /// <summary>Notes that it has taken from one time stamp to another.</summary>
    public void Add(long from, long to) =>
        _recorder.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(from, to).TotalMicroseconds, 1, Longest));

    /// <summary>Ends an interval.</summary>
    /// <param name="counts">Whether what is in it counts.</param>
    /// <returns>What is in it.</returns>
    public HistogramBase EndInterval(bool counts)
    {
        var interval = _recorder.GetIntervalHistogram();
        if (counts)
            _total.Add(interval);
        return interval;
    }

    /// <summary>All that counts.</summary>
    public Summary Summary => Summary.Of(Name, _total);

    /// <summary>Its curve: the latency, in ms, that so many percent stay below.</summary>
    public IReadOnlyList<CurvePoint> Curve =>
        Count == 0 ? [] : [.. CurvePoint.Percentiles.Select(percent => new CurvePoint(percent, _total.GetValueAtPercentile(percent) / 1000.0))];
}

/// <summary>A point of a distribution's curve.</summary>
/// <param name="Percent">So many percent.</param>
/// <param name="Milliseconds">Stay below that.</param>
internal sealed record CurvePoint(double Percent, double Milliseconds)
{
    /// <summary>Where a curve is looked at.</summary>
    public static readonly double[] Percentiles = [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 100];
}

/// <summary>The percentiles of something, in ms.</summary>
internal sealed record Summary(string Name, long Count, double Mean, double P50, double P90, double P99, double P999, double Max)
{
    public static Summary Of(string name, HistogramBase all) => all.TotalCount == 0
        ? new Summary(name, 0, 0, 0, 0, 0, 0, 0)
        : new Summary(
            name, all.TotalCount, all.GetMean() / 1000, At(all, 50), At(all, 90), At(all, 99), At(all, 99.9), At(all, 100));

    private static double At(HistogramBase all, double percent) => all.GetValueAtPercentile(percent) / 1000.0;
}
