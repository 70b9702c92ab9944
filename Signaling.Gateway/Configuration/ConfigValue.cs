using System.Text.Json;

namespace Signaling.Gateway.Configuration;

/// <summary>A value of a configuration file that knows where it stands, for the messages about it.</summary>
/// <param name="File">What messages call the file.</param>
/// <param name="Key">The keys that lead to the value, as <c>apps[1].path</c>; empty for the whole file.</param>
/// <param name="Json">The value; undefined where the key is absent.</param>
/// <param name="Warnings">Takes the warnings.</param>
internal readonly record struct ConfigValue(string File, string Key, JsonElement Json, ICollection<string> Warnings)
{
    private const int MostShown = 60;

    public bool IsAbsent => Json.ValueKind == JsonValueKind.Undefined;

    /// <summary>The value if it is a text that is not empty.</summary>
    public string? Text =>
        Json.ValueKind == JsonValueKind.String && Json.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>How a message shows the value.</summary>
    public string Shown => Json.ValueKind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ when Json.GetRawText() is { Length: > MostShown } raw => raw[..MostShown] + "...",
        _ => Json.GetRawText(),
    };

    /// <summary>The value of a key; absent where this is no object. The last counts where a key is repeated.</summary>
    public ConfigValue this[string name] => this with
    {
        Key = Key.Length == 0 ? name : $"{Key}.{name}",
        Json = Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) ? value : default,
    };

    /// <summary>The values of a list.</summary>
    public IEnumerable<ConfigValue> Items()
    {
        var list = this;
        return Json.EnumerateArray().Select((item, index) => list with { Key = $"{list.Key}[{index}]", Json = item });
    }

    /// <summary>What to throw where the value is of no use.</summary>
    /// <param name="allowed">What would be.</param>
    public StartupException Refuse(string allowed) =>
        new($"{File}: {(Key.Length == 0 ? "the whole" : Key)} is {Shown}; {allowed}.");

    /// <summary>Warns of the value.</summary>
    /// <param name="what">What is wrong with it and what comes of it; the key is put in front.</param>
    public void Warn(string what) => Warnings.Add($"{File}: {Key} {what}.");

    /// <summary>Warns of each key of this object that nothing reads.</summary>
    public void WarnOfKeysBut(params string[] known)
    {
        if (Json.ValueKind != JsonValueKind.Object)
            return;

        foreach (var name in Json.EnumerateObject().Select(property => property.Name).Except(known, StringComparer.Ordinal))
        {
            var meant = known.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
            this[name].Warn("is not a key of this program and is ignored" + (meant is null ? "" : $"; perhaps {meant} is meant"));
        }
    }
}
