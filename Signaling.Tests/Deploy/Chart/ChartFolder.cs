using Signaling.Tests.House;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>Where the chart lies, and which sets of values come with it.</summary>
internal static class ChartFolder
{
    private const string SetSuffix = "-values.yaml";

    /// <summary>The chart's folder.</summary>
    public static string Path { get; } = System.IO.Path.Combine(SourceFile.Root, "deploy", "helm", "signaling");

    /// <summary>The folder of the renders that are kept.</summary>
    public static string Renders { get; } = System.IO.Path.Combine(SourceFile.Root, "Signaling.Tests", "Deploy", "Chart", "Renders");

    /// <summary>The names of the sets in <c>ci</c>.</summary>
    public static IReadOnlyList<string> Sets { get; } =
    [
        .. Directory.EnumerateFiles(System.IO.Path.Combine(Path, "ci"), "*" + SetSuffix)
            .Select(file => System.IO.Path.GetFileName(file)[..^SetSuffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether files that are made from the chart are to be written anew: <c>SIGNALING_CHART_WRITE=1</c>.</summary>
    public static bool WritesAnew => string.Equals(Environment.GetEnvironmentVariable("SIGNALING_CHART_WRITE"), "1", StringComparison.Ordinal);

    /// <summary>The file of a set.</summary>
    public static string ValuesOf(string set) => File("ci", set + SetSuffix);

    /// <summary>A file of the chart.</summary>
    public static string File(params string[] names) => System.IO.Path.Combine([Path, .. names]);
}
