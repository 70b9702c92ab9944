using System.Text.RegularExpressions;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Simulation;

/// <summary>Proves the checker: faults that are put into the state machines are found, each within so many histories.</summary>
[Collection(nameof(Simulation))] // each of these tests takes all the machine has
public sealed class MutantTests(ITestOutputHelper output)
{
    private const ulong Histories = 10_000;

    public static TheoryData<string> Names { get; } = new(Mutants.All.Select(mutant => mutant.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fault_that_is_put_in_is_found(string name)
    {
        var mutant = Mutants.All.Single(mutant => string.Equals(mutant.Name, name, StringComparison.Ordinal));
        using var assembly = MutantCompiler.Compile(mutant);
        var run = TryOf(assembly);
        for (ulong seed = 0; seed < Histories; seed++)
        {
            if (run(seed) is not { } broken)
                continue;

            output.WriteLine($"{mutant}: seed {seed}: {broken}");
            Assert.StartsWith(mutant.Invariant, broken, StringComparison.Ordinal);
            return;
        }

        Assert.Fail($"{mutant}: {Histories} histories break nothing.");
    }

    [Fact]
    public void A_history_that_breaks_an_invariant_is_made_short_and_told()
    {
        const ulong Any = 0;
        var mutant = Mutants.All.Single(mutant => mutant.Name.StartsWith("Give an id", StringComparison.Ordinal));
        using var assembly = MutantCompiler.Compile(mutant);

        var told = assembly.Method<Func<ulong, string>>(typeof(Seed), nameof(Seed.Explain))(Any);

        output.WriteLine(told);
        var steps = int.Parse(Regex.Match(told, "(?<steps>[0-9]+) of its [0-9]+ steps suffice", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["steps"].Value);
        Assert.InRange(steps, 2, 20);
        Assert.Contains("I7: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_fault_nothing_is_found()
    {
        using var assembly = MutantCompiler.Compile(new Mutant("None", ""));
        var run = TryOf(assembly);
        for (ulong seed = 0; seed < 50; seed++)
            Assert.Null(run(seed));
    }

    private static Func<ulong, string?> TryOf(MutantAssembly assembly) => assembly.Method<Func<ulong, string?>>(typeof(Seed), nameof(Seed.Try));
}
