using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>The sets of values, each rendered once for the tests of a class.</summary>
public sealed class ChartRenders
{
    private readonly Dictionary<string, Task<Render>> _renders = new(StringComparer.Ordinal);

    /// <summary>The names of all sets, for theories.</summary>
    public static TheoryData<string> Sets => [.. ChartFolder.Sets];

    /// <summary>The render of a set.</summary>
    internal Task<Render> OfAsync(string set)
    {
        lock (_renders)
            return _renders.TryGetValue(set, out var render) ? render : _renders[set] = Render.OfAsync(set);
    }
}
