using System.Text.Json;
using Xunit;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>Values, their comments, their schema and the README say the same.</summary>
public sealed class ValuesTests
{
    private const string Begin = "<!-- values -->\n";
    private const string End = "<!-- end of values -->";

    private static readonly JsonElement Values = StrictYaml.ToJson(File.ReadAllText(ChartFolder.File("values.yaml")));

    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(ChartFolder.File("values.schema.json"))).RootElement;

    [Fact]
    public void The_readme_has_the_table_of_the_values()
    {
        var file = ChartFolder.File("README.md");
        var text = File.ReadAllText(file);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var renewed = $"{text[..begin]}\n{ValuesTable.Markdown()}\n{text[end..]}";
        if (ChartFolder.WritesAnew)
            File.WriteAllText(file, renewed);

        Assert.True(
            string.Equals(renewed, File.ReadAllText(file), StringComparison.Ordinal),
            $"The table in {file} is not that of values.yaml. Run with SIGNALING_CHART_WRITE=1 to write it anew.");
    }

    [Fact]
    public void Every_value_is_explained()
    {
        var explained = ValuesTable.Comments.Select(one => one.Key).ToHashSet(StringComparer.Ordinal);

        Assert.All(Leaves(Values, ""), leaf => Assert.True(
            explained.Any(key => string.Equals(leaf, key, StringComparison.Ordinal) || leaf.StartsWith(key + ".", StringComparison.Ordinal)),
            $"values.yaml does not explain {leaf}."));
    }

    [Fact]
    public void The_schema_knows_every_value() => Assert.All(Leaves(Values, ""), leaf =>
    {
        var schema = Schema;
        foreach (var name in leaf.Split('.'))
        {
            if (!schema.TryGetProperty("properties", out var properties))
                return; // free below here, as Kubernetes has it
            Assert.True(properties.TryGetProperty(name, out schema), $"values.schema.json does not know {leaf}.");
        }
    });

    [Fact]
    public void An_object_of_ours_takes_no_other_keys() => Assert.All(
        ObjectsOf(Schema).Where(schema => schema.TryGetProperty("properties", out _)),
        schema => Assert.False(schema.GetProperty("additionalProperties").GetBoolean()));

    private static IEnumerable<string> Leaves(JsonElement value, string path) =>
        value.ValueKind is JsonValueKind.Object && value.EnumerateObject().Any()
            ? value.EnumerateObject().SelectMany(property => Leaves(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}"))
            : [path];

    private static IEnumerable<JsonElement> ObjectsOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => ObjectsOf(property.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(ObjectsOf),
        _ => [],
    };
}
