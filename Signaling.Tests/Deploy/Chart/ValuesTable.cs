using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>The table of all values, as their comments in <c>values.yaml</c> tell them.</summary>
internal static class ValuesTable
{
    private const string Mark = "# -- ";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Each key that has a comment, with it.</summary>
    public static IReadOnlyList<(string Key, string Comment)> Comments { get; } = Read(File.ReadAllLines(ChartFolder.File("values.yaml")));

    /// <summary>The table in Markdown.</summary>
    public static string Markdown()
    {
        var values = StrictYaml.ToJson(File.ReadAllText(ChartFolder.File("values.yaml")));
        var table = new StringBuilder("| key | meaning | default |\n| --- | --- | --- |\n");
        foreach (var (key, comment) in Comments)
        {
            var value = key.Split('.').Aggregate(values, (parent, name) => parent.GetProperty(name));
            table.Append($"| `{key}` | {comment.Replace("|", "\\|", StringComparison.Ordinal)} | {Shown(value)} |\n");
        }

        return table.ToString();
    }

    private static string Shown(JsonElement value) => value.ValueKind is JsonValueKind.Null ? "" : $"`{JsonSerializer.Serialize(value, Readable)}`";

    private static List<(string Key, string Comment)> Read(IEnumerable<string> lines)
    {
        List<(string Key, string Comment)> found = [];
        List<(int Indent, string Name)> path = [];
        StringBuilder? comment = null;
        foreach (var line in lines)
        {
            var text = line.TrimStart();
            if (text.StartsWith(Mark, StringComparison.Ordinal))
            {
                comment = new StringBuilder(text[Mark.Length..]);
            }
            else if (text.StartsWith('#'))
            {
                comment?.Append(' ').Append(text[1..].Trim());
            }
            else if (text.Length > 0 && text[0] is not '-' && text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            {
                var indent = line.Length - text.Length;
                path.RemoveAll(parent => parent.Indent >= indent);
                path.Add((indent, text[..colon]));
                if (comment is not null)
                    found.Add((string.Join('.', path.Select(one => one.Name)), comment.ToString()));
                comment = null;
            }
            else
            {
                comment = null;
            }
        }

        return found;
    }
}
