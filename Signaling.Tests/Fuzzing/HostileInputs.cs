using System.Diagnostics;
using Signaling.Tests.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Fuzzing;

/// <summary>Gives a test's hostile inputs to a surface.</summary>
internal static class HostileInputs
{
    /// <summary>Fails where one of them breaks anything.</summary>
    /// <param name="surface">The surface's name.</param>
    /// <param name="from">The first seed.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="figure">What the figure of it is called.</param>
    /// <param name="output">Where that is told.</param>
    public static async Task BreakNothingAsync(string surface, ulong from, ulong to, string figure, ITestOutputHelper output)
    {
        var start = Stopwatch.GetTimestamp();

        var failure = await FuzzRun.TryAsync(surface, from, to);

        output.Say(figure, ("surface", surface), ("inputs", to - from), ("time", Stopwatch.GetElapsedTime(start)));
        Assert.True(failure is null, failure);
    }
}
