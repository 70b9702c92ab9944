using System.Reflection;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Fuzzing;

/// <summary>Proves the fuzzing: faults that are put into what reads hostile input are found, each within so many inputs.</summary>
[Collection(nameof(Fuzzing))] // each of these tests takes all the machine has
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const ulong Inputs = 20_000;

    public static TheoryData<string> Names { get; } = new(PlantedBugs.All.Select(bug => bug.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bug_that_is_planted_is_found(string name)
    {
        var bug = PlantedBugs.All.Single(bug => string.Equals(bug.Name, name, StringComparison.Ordinal));
        using var assembly = SurfaceCompiler.Compile(bug);
        var tryAsync = assembly.Method<Func<string, ulong, ulong, Task<string?>>>(typeof(FuzzRun), nameof(FuzzRun.TryAsync));

        var found = await tryAsync((string)bug.Surface.GetField("Called", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!, 0, Inputs);

        output.WriteLine(found ?? "nothing");
        Assert.True(found is not null, $"{bug}: {Inputs} inputs find nothing.");
    }
}
