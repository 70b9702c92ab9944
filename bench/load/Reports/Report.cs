using System.Globalization;
using Signaling.Load.Figures;
using Signaling.Load.Messages;
using Signaling.Load.Modes;

namespace Signaling.Load.Reports;

/// <summary>All figures of a load, as the JSON report has them. Times are ms unless their name says otherwise.</summary>
internal sealed record Report
{
    /// <summary>The mode.</summary>
    public required string Mode { get; init; }

    /// <summary>Where the load went, without tokens.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>What it was made of.</summary>
    public required IReadOnlyDictionary<string, string> Plan { get; init; }

    /// <summary>How long what counts took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Messages that were relayed in that time.</summary>
    public required long Messages { get; init; }

    /// <summary>The same a second.</summary>
    public required double MessagesPerSecond { get; init; }

    /// <summary>What the mode counts.</summary>
    public required IReadOnlyList<Count> Counts { get; init; }

    /// <summary>Percentiles, of what is told second by second first.</summary>
    public required IReadOnlyList<Summary> Latencies { get; init; }

    /// <summary>The curve of the first.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>The first, second by second.</summary>
    public required IReadOnlyList<Second> Timeline { get; init; }

    /// <summary>What was wrong.</summary>
    public required WrongCounts Wrong { get; init; }

    /// <summary>The use of this machine.</summary>
    public required IReadOnlyList<ProcessFigures> Processes { get; init; }

    /// <summary>Whether nothing was wrong.</summary>
    public bool IsClean => Wrong.Total == 0;

    public static Report Of(ILoad load, LoadPlan plan, Wrongs wrongs)
    {
        var meter = load.Meter;
        return new Report
        {
            Mode = load.Name,
            Urls = [.. plan.Urls.Select(url => url.GetLeftPart(UriPartial.Path))],
            Plan = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["count"] = Text(plan.Count),
                ["window"] = plan.Rate > 0 ? "none" : Text(plan.Window),
                ["rate"] = plan.Rate > 0 ? Text(plan.Rate) : "none",
                ["size"] = Text(plan.Size),
                ["cross"] = plan.IsCross ? "yes" : "no",
                ["ramp s"] = Text(plan.Ramp.TotalSeconds),
                ["warm-up s"] = Text(plan.WarmUp.TotalSeconds),
                ["duration s"] = Text(plan.Duration.TotalSeconds),
            },
            Seconds = meter.Took.TotalSeconds,
            Messages = meter.Messages,
            MessagesPerSecond = meter.Took > TimeSpan.Zero ? meter.Messages / meter.Took.TotalSeconds : 0,
            Counts = [.. load.Counts],
            Latencies = [.. meter.Summaries],
            Curve = meter.Latency.Curve,
            Timeline = meter.Seconds,
            Wrong = new WrongCounts(wrongs.Total, wrongs.Lost, wrongs.Doubled, wrongs.Reordered, wrongs.Damaged, wrongs.Stray, wrongs.Broken, wrongs.Sentences),
            Processes = [.. meter.Processes.Select(process => ProcessFigures.Of(process, meter.Messages))],
        };
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}

/// <summary>What was wrong, by kind.</summary>
internal sealed record WrongCounts(
    long Total, long Lost, long Doubled, long Reordered, long Damaged, long Stray, long Broken, IReadOnlyList<string> Sentences);

/// <summary>What a process used while it counted.</summary>
internal sealed record ProcessFigures(string Name, double CpuSeconds, double CpuMicrosecondsPerMessage, long MemoryBytesBefore, long MemoryBytes)
{
    public static ProcessFigures Of(ProcessUse process, long messages) => new(
        process.Name, process.Cpu.TotalSeconds, messages > 0 ? process.Cpu.TotalMicroseconds / messages : 0, process.MemoryBefore, process.Memory);
}
