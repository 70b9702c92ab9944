using System.Globalization;
using Signaling.Load.Figures;
using Signaling.Load.Messages;

namespace Signaling.Load.Reports;

/// <summary>A line a second, while the load is on.</summary>
/// <param name="output">Where they go.</param>
/// <param name="meter">What is measured.</param>
/// <param name="wrongs">What was wrong.</param>
internal sealed class ProgressLines(TextWriter output, Meter meter, Wrongs wrongs)
{
    public Task WriteAsync()
    {
        var second = meter.Tick();
        var (latency, wrong) = (second.Latency, wrongs.Total);
        var stage = second.Counts ? "" : "  (not counted)";
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{second.At,5:0} s  {second.Rate,9:0} msg/s  {latency.Count,8} x {latency.Name}: p50 {latency.P50:0.00}  p99 {latency.P99:0.00}  max {latency.Max:0.00} ms{(wrong > 0 ? $"  wrong {wrong}" : "")}  {meter.Opening}{stage}").TrimEnd());
    }
}
