using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Simulation;

/// <summary>Proves the checker: faults that are put into the state machines are found, each within so many histories.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    private const ulong Histories = 10_000;

    public static TheoryData<string> Names { get; } = new(Mutants.All.Select(mutant => mutant.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fault_that_is_put_in_is_found(string name)
    {
        var mutant = Mutants.All.Single(mutant => string.Equals(mutant.Name, name, StringComparison.Ordinal));
        var (run, context) = MutantCompiler.Compile(mutant);
        try
        {
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
        finally
        {
            context.Unload();
        }
    }

    [Fact]
    public void Without_a_fault_nothing_is_found()
    {
        var (run, context) = MutantCompiler.Compile(new Mutant("None", ""));
        for (ulong seed = 0; seed < 50; seed++)
            Assert.Null(run(seed));
        context.Unload();
    }
}
