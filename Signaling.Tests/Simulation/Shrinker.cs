namespace Signaling.Tests.Simulation;

/// <summary>Makes a history that breaks an invariant shorter, step by step, as long as it breaks the same one.</summary>
internal static class Shrinker
{
    private const int MostReplays = 600;

    public static PlanStep[] Shrink(Plan plan, string invariant)
    {
        var steps = plan.Steps;
        var replays = 0;
        for (var chunk = steps.Length / 2; chunk > 0; chunk /= 2)
        {
            for (var from = 0; from < steps.Length && replays < MostReplays;)
            {
                PlanStep[] fewer = [.. steps[..from], .. steps[Math.Min(from + chunk, steps.Length)..]];
                replays++;
                if (string.Equals(Failure(plan, fewer)?.Invariant, invariant, StringComparison.Ordinal))
                    steps = fewer;
                else
                    from += chunk;
            }
        }

        return steps;
    }

    public static InvariantException? Failure(Plan plan, PlanStep[] steps, List<string>? trace = null)
    {
        try
        {
            History.Run(plan, steps, new long[Enum.GetValues<Met>().Length], trace);
            return null;
        }
        catch (InvariantException e)
        {
            return e;
        }
    }
}
