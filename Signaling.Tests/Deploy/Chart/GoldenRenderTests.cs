using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>What the chart renders is kept, so that a change of it is seen. SIGNALING_CHART_WRITE=1 writes it anew.</summary>
public sealed class GoldenRenderTests(ChartRenders renders) : IClassFixture<ChartRenders>
{
    [Theory]
    [MemberData(nameof(ChartRenders.Sets), MemberType = typeof(ChartRenders))]
    public async Task A_set_of_values_renders_as_it_did(string set)
    {
        var render = await renders.OfAsync(set);
        var file = Path.Combine(ChartFolder.Renders, set + ".yaml");
        if (ChartFolder.WritesAnew)
            await File.WriteAllTextAsync(file, render.Text);

        Assert.True(File.Exists(file), $"{file} is not there. SIGNALING_CHART_WRITE=1 writes it; look at it, then commit it.");
        var kept = await File.ReadAllTextAsync(file);
        Assert.True(
            string.Equals(kept, render.Text, StringComparison.Ordinal),
            $"The set {set} renders differently from {file}. Where that is meant, run with SIGNALING_CHART_WRITE=1 and look at the difference:\n{Difference(kept, render.Text)}");
    }

    [Fact]
    public void No_render_is_kept_of_a_set_that_is_gone() =>
        Assert.Equal(ChartFolder.Sets, Directory.EnumerateFiles(ChartFolder.Renders).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Difference(string kept, string now)
    {
        var (before, after) = (kept.Split('\n'), now.Split('\n'));
        var line = before.Zip(after).TakeWhile(pair => string.Equals(pair.First, pair.Second, StringComparison.Ordinal)).Count();
        return $"line {line + 1}\n- {before.ElementAtOrDefault(line)}\n+ {after.ElementAtOrDefault(line)}";
    }
}
