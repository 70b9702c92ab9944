namespace Signaling.Tests.Fuzzing;

/// <summary>Makes an input small that goes wrong.</summary>
internal static class FuzzShrinker
{
    private const int MostTries = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5); // what is not done by then ends it, for others may not be either

    /// <summary>Leaves out whatever the failure does not need: steps first, then parts of their bytes.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="input">The input.</param>
    /// <param name="failure">What it ends in.</param>
    public static async Task<FuzzInput> ShrinkAsync(Surface surface, FuzzInput input, Exception failure)
    {
        var tries = 0;
        var best = input;
        bool smaller;
        do
        {
            smaller = false;
            foreach (var candidate in Smaller(best))
            {
                if (++tries > MostTries)
                    return best;
                var trying = FuzzRun.FailureAsync(surface, candidate);
                if (await Task.WhenAny(trying, Task.Delay(Patience)) != trying)
                    return best;
                if (!IsSame(await trying, failure))
                    continue;

                (best, smaller) = (candidate, true);
                break;
            }
        }
        while (smaller);
        return best;
    }

    private static bool IsSame(Exception? one, Exception other) =>
        one?.GetType() == other.GetType() && (other is not FuzzException || string.Equals(one.Message, other.Message, StringComparison.Ordinal));

    private static IEnumerable<FuzzInput> Smaller(FuzzInput input)
    {
        var together = Together(input);
        if (together.Steps.Length < input.Steps.Length)
            yield return together;

        for (var length = input.Steps.Length / 2; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= input.Steps.Length; at += length)
                yield return new FuzzInput([.. input.Steps[..at], .. input.Steps[(at + length)..]]);
        }

        for (var step = 0; step < input.Steps.Length; step++)
        {
            var bytes = input.Steps[step].Bytes;
            for (var length = (bytes.Length + 1) / 2; length > 0; length = length == 1 ? 0 : (length + 1) / 2)
            {
                for (var at = 0; at + length <= bytes.Length; at += length)
                    yield return With(input, step, [.. bytes[..at], .. bytes[(at + length)..]]);
            }
        }
    }

    // What one says in pieces, in one.
    private static FuzzInput Together(FuzzInput input)
    {
        var steps = new List<FuzzStep>();
        foreach (var step in input.Steps)
        {
            if (steps is [.., var last] && last.Who == step.Who)
                steps[^1] = new FuzzStep(step.Who, [.. last.Bytes, .. step.Bytes]);
            else
                steps.Add(step);
        }

        return new FuzzInput([.. steps]);
    }

    private static FuzzInput With(FuzzInput input, int step, byte[] bytes)
    {
        var steps = input.Steps.ToArray();
        steps[step] = steps[step] with { Bytes = bytes };
        return new FuzzInput(steps);
    }
}
