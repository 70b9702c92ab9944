using System.Globalization;
using Signaling.Load.Figures;

namespace Signaling.Load.Reports;

/// <summary>The latency over time, in characters: full up to the median, light up to the 99th percentile.</summary>
internal static class TerminalPlot
{
    private const int Rows = 8;
    private const int MostColumns = 60;
    private const int ScaleWidth = 9;

    public static IEnumerable<string> Of(Report report)
    {
        var columns = Columns([.. report.Timeline.Where(second => second.Latency.Count > 0)]);
        if (columns.Length == 0)
            yield break;

        var top = columns.Max(column => column.P99);
        yield return $"{report.Latencies[0].Name} over time, ms: █ median, ░ 99th percentile";
        for (var row = Rows; row >= 1; row--)
        {
            var bars = columns.Select(column => column.P50 * Rows >= top * (row - 0.5) ? '█' : column.P99 * Rows >= top * (row - 0.5) ? '░' : ' ');
            yield return $"{(top * row / Rows).ToString("0.00", CultureInfo.InvariantCulture).PadLeft(ScaleWidth)} ┤{string.Concat(bars)}".TrimEnd();
        }

        var end = report.Timeline[^1].At.ToString("0", CultureInfo.InvariantCulture);
        yield return $"{"0".PadLeft(ScaleWidth)} └{new string('─', columns.Length)} {end} s";
    }

    // Of several seconds in one column the worst counts.
    private static (double P50, double P99)[] Columns(Second[] seconds)
    {
        var each = Math.Max(1, (seconds.Length + MostColumns - 1) / MostColumns);
        return [.. seconds.Chunk(each).Select(some => (some.Max(one => one.Latency.P50), some.Max(one => one.Latency.P99)))];
    }
}
