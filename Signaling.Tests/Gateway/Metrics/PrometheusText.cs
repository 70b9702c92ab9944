using System.Globalization;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Gateway.Metrics;

/// <summary>
/// Prometheus' text format, version 0.0.4, read as strictly as its description allows: each family in one piece, its type
/// before its samples, no sample twice.
/// </summary>
public sealed partial class PrometheusText
{
    private readonly Dictionary<string, Family> _families = new(StringComparer.Ordinal);

    private PrometheusText()
    {
    }

    public IEnumerable<Family> Families => _families.Values;

    public static PrometheusText Parse(string text)
    {
        if (!text.EndsWith('\n'))
            throw new FormatException("The last line does not end.");

        var parsed = new PrometheusText();
        Family? current = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (TypeLine().Match(line) is { Success: true } type)
                current = parsed.Begin(type.Groups["name"].Value, type.Groups["type"].Value);
            else if (HelpLine().Match(line) is { Success: true } help && help.Groups["name"].Value.Equals(current?.Name, StringComparison.Ordinal))
                current.Help = current.Help is null ? help.Groups["help"].Value : throw new FormatException($"A second help: {line}");
            else if (SampleLine().Match(line) is { Success: true } sample && sample.Groups["name"].Value.Equals(current?.Name, StringComparison.Ordinal))
                current.Add(ParseLabels(sample.Groups["labels"].Value), double.Parse(sample.Groups["value"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture));
            else
                throw new FormatException($"Not understood after the family {current?.Name ?? "(none)"}: {line}");
        }

        return parsed;
    }

    /// <summary>The value of a figure, its labels written as <c>name=value</c> with commas.</summary>
    public double? Value(string name, string labels = "") =>
        _families.TryGetValue(name, out var family) && family.Samples.TryGetValue(labels, out var value) ? value : null;

    private Family Begin(string name, string type)
    {
        var family = new Family(name, type);
        return _families.TryAdd(name, family) ? family : throw new FormatException($"The family {name} comes twice.");
    }

    private static string ParseLabels(string text)
    {
        List<string> labels = [];
        var at = 0;
        while (at < text.Length)
        {
            var label = Label().Match(text, at);
            if (!label.Success || label.Index != at)
                throw new FormatException($"No label: {text[at..]}");
            labels.Add($"{label.Groups["name"].Value}={label.Groups["value"].Value}");
            at += label.Length;
        }

        return string.Join(',', labels);
    }

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram|summary)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeLine();

    [GeneratedRegex("^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<help>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HelpLine();

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>.*)\})? (?<value>-?\d+(\.\d+)?([eE][+-]?\d+)?)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SampleLine();

    [GeneratedRegex("(?<name>[a-zA-Z_][a-zA-Z0-9_]*)=\"(?<value>([^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    /// <summary>One figure with all its samples.</summary>
    public sealed class Family(string name, string type)
    {
        private readonly SortedDictionary<string, double> _samples = new(StringComparer.Ordinal);

        public string Name => name;

        public string Type => type;

        public string? Help { get; set; }

        public IReadOnlyDictionary<string, double> Samples => _samples;

        /// <summary>The names of its labels, with commas.</summary>
        public string Labels => string.Join(',', _samples.Keys.SelectMany(labels => labels.Split(',')).Select(label => label.Split('=')[0]).Distinct(StringComparer.Ordinal));

        public void Add(string labels, double value)
        {
            if (!_samples.TryAdd(labels, value))
                throw new FormatException($"The sample {name}{{{labels}}} comes twice.");
        }
    }
}
