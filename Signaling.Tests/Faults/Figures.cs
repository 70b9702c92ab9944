using System.Collections.Concurrent;
using System.Globalization;
using Signaling.Tests.House;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

/// <summary>
/// What a test has measured: one line for each measurement, <c>FIGURE name key=value ...</c>, in the test's output, on
/// the console and in <c>artifacts/figures/name.txt</c>.
/// </summary>
internal static class Figures
{
    private static readonly ConcurrentDictionary<string, bool> Written = new(StringComparer.Ordinal);

    /// <summary>Tells them. The first of a name in a run takes the place of those of the run before.</summary>
    public static void Say(this ITestOutputHelper output, string name, params IEnumerable<(string Name, object Value)> values)
    {
        var line = $"FIGURE {name} {string.Join(' ', values.Select(value => $"{value.Name}={Text(value.Value)}"))}";
        output.WriteLine(line);
        Console.WriteLine(line);
        var folder = Directory.CreateDirectory(Path.Combine(SourceFile.Root, "artifacts", "figures"));
        var path = Path.Combine(folder.FullName, name + ".txt");
        lock (Written)
        {
            if (Written.TryAdd(name, true))
                File.Delete(path);
            File.AppendAllText(path, line + '\n');
        }
    }

    /// <summary>The one in the middle.</summary>
    public static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Text(object value) => value switch
    {
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms"),
        "" => "none",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
