namespace Signaling.Tests.Simulation;

/// <summary>A fault that the simulation has to find.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Invariant">The invariant that it breaks; empty: any.</param>
/// <param name="Patches">The change of the sources.</param>
internal sealed record Mutant(string Name, string Invariant, params MutantPatch[] Patches)
{
    public override string ToString() => Name;
}

/// <summary>A change of one source.</summary>
/// <param name="File">The file, from <c>Signaling.Actors</c> on.</param>
/// <param name="Old">What stands there, exactly once.</param>
/// <param name="New">What is to stand there.</param>
internal sealed record MutantPatch(string File, string Old, string New)
{
    public string Apply(string source)
    {
        var at = source.IndexOf(Old, StringComparison.Ordinal);
        if (at < 0 || source.IndexOf(Old, at + 1, StringComparison.Ordinal) >= 0)
            throw new InvalidOperationException($"{File} does not hold exactly once what a mutant changes: {Old}");

        return source.Replace(Old, New, StringComparison.Ordinal);
    }
}
