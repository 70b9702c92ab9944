namespace Signaling.Tests.Simulation;

/// <summary>Chance that comes out of a seed, the same on every machine. (SplitMix64.)</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Makes of a number one that looks like chance: for what must not depend on what happened before.</summary>
    public static ulong Mix(ulong number)
    {
        number += 0x9E3779B97F4A7C15;
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }

    /// <summary>From 0 on, below a limit.</summary>
    public int Below(int limit)
    {
        _state += 0x9E3779B97F4A7C15;
        return (int)(Mix(_state) % (ulong)limit);
    }

    public int Between(int from, int to) => from + Below(to - from + 1);

    public bool Percent(int chance) => Below(100) < chance;

    public T Of<T>(ReadOnlySpan<T> some) => some[Below(some.Length)];
}
