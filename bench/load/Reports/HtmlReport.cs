using System.Globalization;
using System.Net;
using Signaling.Load.Figures;

namespace Signaling.Load.Reports;

/// <summary>The report as one page that needs nothing else.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; color: #1f2430; background: #fff; max-width: 800px; margin: 2rem auto; padding: 0 1rem }
        h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem } p { margin: .25rem 0 }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums } td, th { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid #e3e6ec }
        td:first-child, th:first-child { text-align: left } th { font-weight: 600 }
        svg { width: 100%; height: auto; margin: 1rem 0 } polyline { fill: none; stroke-width: 1.75; stroke-linejoin: round }
        .grid { stroke: #e3e6ec } text { font-size: 12px; fill: #596173 } .title { font-weight: 600; fill: #1f2430 } .scale { text-anchor: end } .mark { text-anchor: middle } .key { text-anchor: end }
        .ok { color: #17693a } .wrong { color: #b3261e; font-weight: 600 }
        @media (prefers-color-scheme: dark) { body { background: #14171e; color: #e6e8ee } text, .title { fill: #aab2c3 } td, th { border-color: #2b303b } .grid { stroke: #2b303b } .ok { color: #6fd08c } .wrong { color: #ff8a80 } }
        """;

    public static string Of(Report report) => $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Load: {Escape(report.Mode)}</title><style>{Style}</style></head>
        <body>
        <h1>Load: {Escape(report.Mode)}</h1>
        <p>{Escape(string.Join(", ", report.Urls))}</p>
        <p>{Escape(string.Join(", ", report.Plan.Select(one => $"{one.Key} {one.Value}")))}</p>
        <p><strong>{Number(report.Messages)}</strong> messages in {Number(report.Seconds)} s, <strong>{Number(report.MessagesPerSecond)}</strong> a second</p>
        <p class="{(report.IsClean ? "ok" : "wrong")}">{(report.IsClean ? "All that was sent has arrived once, in order and undamaged." : WrongOf(report.Wrong))}</p>
        {string.Concat(report.Wrong.Sentences.Select(sentence => $"<p>{Escape(sentence)}</p>"))}
        <h2>Latencies, ms</h2>
        {Table(["", "count", "mean", "p50", "p90", "p99", "p99.9", "max"], report.Latencies.Select(one => (string[])
            [one.Name, Number(one.Count), Number(one.Mean), Number(one.P50), Number(one.P90), Number(one.P99), Number(one.P999), Number(one.Max)]))}
        {OverTime(report)}
        {CurveOf(report)}
        {Throughput(report)}
        <h2>Counts</h2>
        {Table(["", ""], report.Counts.Select(count => (string[])[count.Name, Number(count.Value)]))}
        <h2>Use of the machine that made the load</h2>
        {Table(["", "processor time, s", "us a message", "memory, MiB"], report.Processes.Select(one => (string[])
            [one.Name, Number(one.CpuSeconds), Number(one.CpuMicrosecondsPerMessage), Number(one.MemoryBytes / 1024.0 / 1024.0)]))}
        </body>
        </html>

        """;

    private static SvgPlot OverTime(Report report)
    {
        Second[] seconds = [.. report.Timeline.Where(second => second.Latency.Count > 0)];
        return Seconds(report, new SvgPlot($"{report.Latencies[0].Name} over time", "ms")
            .Line("p50", "#2f7ed8", seconds.Select(second => (second.At, second.Latency.P50)))
            .Line("p99", "#d9822b", seconds.Select(second => (second.At, second.Latency.P99)))
            .Line("max", "#c2334d", seconds.Select(second => (second.At, second.Latency.Max))));
    }

    private static SvgPlot Throughput(Report report) => Seconds(report, new SvgPlot("messages a second", "")
        .Line("", "#17693a", report.Timeline.Select(second => (second.At, second.Rate))));

    // Drawn by how rare a latency is: as much room from 90 to 99 percent as from 99 to 99.9.
    private static SvgPlot CurveOf(Report report)
    {
        static double Rarity(double percent) => -Math.Log10(Math.Max(1 - (percent / 100), 0.00001));
        var plot = new SvgPlot($"{report.Latencies[0].Name} by percentile", "ms")
            .Line("", "#2f7ed8", report.Curve.Select(point => (Rarity(point.Percent), point.Milliseconds)));
        foreach (var percent in (double[])[0, 50, 90, 99, 99.9, 99.99])
            plot.Mark(Rarity(percent), percent.ToString(CultureInfo.InvariantCulture));
        return plot.Mark(Rarity(100), "max");
    }

    private static SvgPlot Seconds(Report report, SvgPlot plot)
    {
        if (report.Timeline is [var first, .., var last])
            plot.Mark(first.At, $"{first.At:0} s").Mark(last.At, $"{last.At:0} s");
        return plot;
    }

    private static string WrongOf(WrongCounts wrong) =>
        $"{wrong.Total} wrong: lost {wrong.Lost}, doubled {wrong.Doubled}, out of order {wrong.Reordered}, damaged {wrong.Damaged}, stray {wrong.Stray}, broken {wrong.Broken}";

    private static string Table(string[] head, IEnumerable<string[]> rows) =>
        $"<table><tr>{string.Concat(head.Select(cell => $"<th>{Escape(cell)}</th>"))}</tr>" +
        string.Concat(rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Escape(cell)}</td>"))}</tr>")) + "</table>";

    private static string Number(double value) => value.ToString(value >= 1000 ? "#,0" : "0.###", CultureInfo.InvariantCulture);

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
