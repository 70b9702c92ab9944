using System.Text;

namespace Signaling.Tests.Simulation;

/// <summary>Runs the history of one seed.</summary>
internal static class Seed
{
    private const int TraceLines = 150;

    /// <summary>Counts for <see cref="Run"/>.</summary>
    public static long[] NewCounts() => new long[Enum.GetValues<Met>().Length];

    public static HistorySize Run(ulong seed, long[] met)
    {
        var plan = new Plan(seed);
        return History.Run(plan, plan.Steps, met);
    }

    /// <summary>Runs it and says which invariant it breaks; null: none.</summary>
    public static string? Try(ulong seed)
    {
        var plan = new Plan(seed);
        return Shrinker.Failure(plan, plan.Steps)?.Message;
    }

    /// <summary>A minimal history of a seed that breaks an invariant, and the last of what happens in it.</summary>
    public static string Explain(ulong seed)
    {
        var plan = new Plan(seed);
        if (Shrinker.Failure(plan, plan.Steps) is not { } failure)
            return $"Seed {seed} breaks nothing.";

        var steps = Shrinker.Shrink(plan, failure.Invariant);
        var trace = new List<string>();
        var least = Shrinker.Failure(plan, steps, trace);
        var text = new StringBuilder($"Seed {seed}, {plan.Nodes} nodes: {failure.Message}\n");
        text.Append($"{steps.Length} of its {plan.Steps.Length} steps suffice, for: {least?.Message}\n");
        foreach (var step in steps)
            text.Append(step.ToString()).Append('\n');
        text.Append("The last of what happens:\n");
        foreach (var line in trace[Math.Max(0, trace.Count - TraceLines)..])
            text.Append(line).Append('\n');
        return text.ToString();
    }
}
