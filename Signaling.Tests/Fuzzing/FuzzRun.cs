using System.Diagnostics;
using System.Globalization;

namespace Signaling.Tests.Fuzzing;

/// <summary>Gives inputs to a surface, several at once, and watches that each is done with.</summary>
internal static class FuzzRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Runs the inputs of some seeds.</summary>
    /// <param name="surface">Started.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">Behind the last.</param>
    /// <returns>What went wrong first, with how to repeat it; null: nothing.</returns>
    public static async Task<string?> TryAsync(Surface surface, ulong from, ulong to)
    {
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Worker()).ToArray();
        var next = (long)from - 1;
        using var done = new CancellationTokenSource();
        var running = Task.WhenAll(workers.Select(worker => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested && (ulong)Interlocked.Increment(ref next) is var seed && seed < to)
            {
                worker.Begin(seed);
                if (await FailureAsync(surface, surface.Make(seed)) is { } failure)
                {
                    await done.CancelAsync();
                    return (Seed: seed, Failure: failure);
                }
            }

            worker.End();
            return default((ulong Seed, Exception Failure)?);
        })));

        while (await Task.WhenAny(running, Task.Delay(LookAgain)) != running)
        {
            if (workers.Select(worker => worker.StuckAt(Patience)).FirstOrDefault(seed => seed is not null) is { } stuck)
                return Told(surface, stuck, $"it is not done with after {Patience.TotalSeconds} s", surface.Make(stuck));
        }

        var failed = (await running).Where(one => one is not null).MinBy(one => one!.Value.Seed);
        return failed is { } found ? Told(surface, found.Seed, found.Failure.ToString(), await FuzzShrinker.ShrinkAsync(surface, surface.Make(found.Seed), found.Failure)) : null;
    }

    /// <summary>For what is compiled anew with a fault put in: starts a surface by its name and runs some seeds.</summary>
    public static async Task<string?> TryAsync(string surface, ulong from, ulong to)
    {
        await using var one = Surfaces.Make(surface);
        await one.StartAsync();
        return await TryAsync(one, from, to);
    }

    /// <summary>What a surface throws at an input; null: nothing.</summary>
    public static async Task<Exception?> FailureAsync(Surface surface, FuzzInput input)
    {
        try
        {
            await surface.TakeAsync(input);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static string Told(Surface surface, ulong seed, string what, FuzzInput input) => string.Create(
        CultureInfo.InvariantCulture,
        $"{surface.Name}, seed {seed}: {what}\nIts input, made small:\n{input}\nAgain: SIGNALING_FUZZ_SEEDS={seed}..{seed + 1} ./test fuzzing");

    /// <summary>What one thread is at.</summary>
    private sealed class Worker
    {
        private ulong _seed;
        private long _since = long.MaxValue;

        public void Begin(ulong seed)
        {
            Volatile.Write(ref _seed, seed);
            Volatile.Write(ref _since, Stopwatch.GetTimestamp());
        }

        public void End() => Volatile.Write(ref _since, long.MaxValue);

        public ulong? StuckAt(TimeSpan patience)
        {
            var since = Volatile.Read(ref _since);
            return since != long.MaxValue && Stopwatch.GetElapsedTime(since) > patience ? Volatile.Read(ref _seed) : null;
        }
    }
}
