using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Signaling.Tests.House;

namespace Signaling.Tests.Fuzzing;

/// <summary>How much of a surface's own sources the fuzzing has reached: its branches, out of a report of coverlet's.</summary>
/// <param name="Covered">Those that were reached.</param>
/// <param name="Total">All but those that are left out.</param>
/// <param name="Missed">Where some were not reached.</param>
internal sealed partial record Branches(int Covered, int Total, IReadOnlyList<string> Missed)
{
    public double Share => (double)Covered / Total;

    /// <summary>Reads a report.</summary>
    /// <param name="report">Its path.</param>
    /// <param name="sources">The ends of the sources' paths, or folders with a slash at their ends.</param>
    /// <param name="leftOut">Lines that do not count, as source and part of the line.</param>
    public static Branches Read(string report, IReadOnlyList<string> sources, IReadOnlyList<(string Source, string Line)> leftOut)
    {
        // A line that several classes have, as those of a lambda, counts by what most of it was reached in one of them.
        var lines = new Dictionary<(string Path, int Line), (int Covered, int Total)>();
        foreach (var type in XDocument.Load(report).Descendants("class"))
        {
            var path = PathOf(type.Attribute("filename")!.Value);
            if (!sources.Any(source => path.EndsWith(source, StringComparison.Ordinal) || (source.EndsWith('/') && path.Contains(source, StringComparison.Ordinal))))
                continue;

            foreach (var line in type.Element("lines")!.Elements("line"))
            {
                if (Conditions().Match(line.Attribute("condition-coverage")?.Value ?? "") is not { Success: true } match)
                    continue;

                var key = (path, int.Parse(line.Attribute("number")!.Value, CultureInfo.InvariantCulture));
                var found = (int.Parse(match.Groups["covered"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups["total"].ValueSpan, CultureInfo.InvariantCulture));
                if (!lines.TryGetValue(key, out var known) || found.CompareTo(known) > 0)
                    lines[key] = found;
            }
        }

        var counted = lines.Where(line => !IsLeftOut(line.Key, leftOut)).OrderBy(line => line.Key).ToArray();
        return new Branches(
            counted.Sum(line => line.Value.Covered),
            counted.Sum(line => line.Value.Total),
            [.. counted.Where(line => line.Value.Covered < line.Value.Total).Select(line =>
                string.Create(CultureInfo.InvariantCulture, $"{line.Key.Path}:{line.Key.Line} {line.Value.Covered}/{line.Value.Total} {TextOf(line.Key)}"))]);
    }

    private static bool IsLeftOut((string Path, int Line) place, IReadOnlyList<(string Source, string Line)> leftOut) =>
        leftOut.Any(one => place.Path.EndsWith(one.Source, StringComparison.Ordinal) && TextOf(place).Contains(one.Line, StringComparison.Ordinal));

    private static string TextOf((string Path, int Line) place) =>
        SourceFile.All.FirstOrDefault(file => file.Path.EndsWith(place.Path, StringComparison.Ordinal))?.Text.Split('\n')[place.Line - 1].Trim() ?? "";

    // Of the generator of regular expressions and the like there are files in obj.
    private static string PathOf(string file) => file.Replace('\\', '/') is var path && path.Contains("/obj/", StringComparison.Ordinal) ? "" : path;

    [GeneratedRegex(@"\((?<covered>[0-9]+)/(?<total>[0-9]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Conditions();
}
