using System.Globalization;

namespace Signaling.Load.Reports;

/// <summary>The report as it ends the run in the terminal.</summary>
/// <param name="output">Where it goes.</param>
internal sealed class TerminalReport(TextWriter output)
{
    public async Task WriteAsync(Report report)
    {
        await output.WriteLineAsync();
        await LineAsync($"{report.Mode}: {report.Messages} messages in {report.Seconds:0.0} s, {report.MessagesPerSecond:0} a second");
        foreach (var count in report.Counts)
            await LineAsync($"  {count.Name}: {count.Value:0.##}");
        foreach (var process in report.Processes)
        {
            var each = process.CpuMicrosecondsPerMessage > 0 ? $", {process.CpuMicrosecondsPerMessage.ToString("0.0", CultureInfo.InvariantCulture)} us a message" : "";
            await LineAsync($"  {process.Name}: {process.CpuSeconds:0.00} s of processor time{each}, {process.MemoryBytes / 1024.0 / 1024.0:0} MiB");
        }

        await output.WriteLineAsync();
        await LineAsync($"{"ms",-24}{"count",10}{"mean",10}{"p50",10}{"p90",10}{"p99",10}{"p99.9",10}{"max",10}");
        foreach (var one in report.Latencies)
            await LineAsync($"{one.Name,-24}{one.Count,10}{one.Mean,10:0.000}{one.P50,10:0.000}{one.P90,10:0.000}{one.P99,10:0.000}{one.P999,10:0.000}{one.Max,10:0.000}");

        await output.WriteLineAsync();
        foreach (var line in TerminalPlot.Of(report))
            await output.WriteLineAsync(line);
        await output.WriteLineAsync();

        var wrong = report.Wrong;
        await LineAsync($"lost {wrong.Lost}, doubled {wrong.Doubled}, out of order {wrong.Reordered}, damaged {wrong.Damaged}, stray {wrong.Stray}, broken {wrong.Broken}");
        foreach (var sentence in wrong.Sentences)
            await output.WriteLineAsync($"  {sentence}");
        await output.WriteLineAsync(report.IsClean ? "ok: all that was sent has arrived once, in order and undamaged" : "not ok");
    }

    private Task LineAsync(FormattableString line) => output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));
}
