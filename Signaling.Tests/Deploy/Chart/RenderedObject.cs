using System.Text.Json;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>One object of a render, as it stands there.</summary>
/// <param name="Template">The template that it comes from.</param>
/// <param name="Yaml">Its text.</param>
internal sealed record RenderedObject(string Template, string Yaml)
{
    private readonly Lazy<JsonElement> _json = new(() => StrictYaml.ToJson(Yaml));

    public JsonElement Json => _json.Value;

    public string ApiVersion => Json.GetProperty("apiVersion").GetString()!;

    public string Kind => Json.GetProperty("kind").GetString()!;

    public string Name => Json.GetProperty("metadata").GetProperty("name").GetString()!;

    /// <summary>The object, of the type of its kind, which has to know all of its fields.</summary>
    public object Typed => StrictYaml.To(Json, KnownKinds.TypeOf(ApiVersion, Kind));

    public override string ToString() => $"{Kind} {Name} of {Template}";
}
