using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Signaling.Tests.Faults;

/// <summary>A point in time on the one clock of the test's process, which only runs forward.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Moment(long Ticks)
{
    public static Moment Now => new(Stopwatch.GetTimestamp());

    public TimeSpan Ago => Now - this;

    public static TimeSpan operator -(Moment later, Moment earlier) => Stopwatch.GetElapsedTime(earlier.Ticks, later.Ticks);

    public static Moment operator +(Moment moment, TimeSpan time) =>
        new(moment.Ticks + (long)(time.TotalSeconds * Stopwatch.Frequency));

    public static bool operator <(Moment left, Moment right) => left.Ticks < right.Ticks;

    public static bool operator >(Moment left, Moment right) => left.Ticks > right.Ticks;

    public static Moment Later(Moment one, Moment other) => one > other ? one : other;

    public static Moment Earlier(Moment one, Moment other) => one < other ? one : other;
}
