using System.Text;
using System.Text.Json;

namespace Signaling.Gateway.Configuration;

/// <summary>Text of a configuration file to JSON, as strict as Node: no comments, no trailing commas.</summary>
internal static class ConfigJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 1000 };

    public static JsonElement Parse(string text, string file)
    {
        // Node drops a byte order mark, which some editors on Windows write.
        var json = text.StartsWith('\uFEFF') ? text[1..] : text;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            RefuseHalfCharacters(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new StartupException($"{file}, {PlaceOf(error, json)}: this is not JSON: {ReasonOf(error)}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new StartupException(
                $"{file}: a text holds half of a surrogate pair (\\uD800 to \\uDFFF); write the whole character.", error);
        }
    }

    /// <summary>JSON may spell half a surrogate pair. No header or URL can carry it, and .NET reads no such text.</summary>
    private static void RefuseHalfCharacters(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    RefuseHalfCharacters(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    RefuseHalfCharacters(property.Value);
                }

                break;
        }
    }

    private static string PlaceOf(JsonException error, string json)
    {
        var line = (int)(error.LineNumber ?? 0);
        var bytes = (int)(error.BytePositionInLine ?? 0);
        var utf8 = Encoding.UTF8.GetBytes(json.Split('\n').ElementAtOrDefault(line) ?? "");
        var column = Encoding.UTF8.GetCharCount(utf8, 0, Math.Min(bytes, utf8.Length));
        return $"line {line + 1}, column {column + 1}";
    }

    /// <summary>The framework's sentence without the place it ends with, which counts from 0 and in bytes.</summary>
    private static string ReasonOf(JsonException error)
    {
        var place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? error.Message : error.Message[..place];
    }
}
