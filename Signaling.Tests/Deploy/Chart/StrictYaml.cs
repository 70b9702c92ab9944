using System.Text.Json;
using System.Text.Json.Serialization;
using YamlDotNet.Serialization;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>
/// Reads an object as strictly as Kubernetes does that is told to validate: no unknown field, no key twice, no number where
/// a text is wanted.
/// </summary>
internal static class StrictYaml
{
    private static readonly IDeserializer Reader = new DeserializerBuilder()
        .WithAttemptingUnquotedStringTypeDeserialization()
        .WithDuplicateKeyChecking()
        .Build();

    private static readonly ISerializer JsonWriter = new SerializerBuilder().JsonCompatible().Build();

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>YAML to JSON.</summary>
    public static JsonElement ToJson(string yaml)
    {
        var tree = Reader.Deserialize<object?>(yaml);
        using var json = JsonDocument.Parse(JsonWriter.Serialize(tree));
        return json.RootElement.Clone();
    }

    /// <summary>JSON to a type that has to know all of it.</summary>
    public static object To(JsonElement json, Type type) => json.Deserialize(type, Strict)!;
}
