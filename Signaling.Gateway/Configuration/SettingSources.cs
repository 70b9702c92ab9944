using System.Text.Json;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// The settings under <c>signaling</c> from all their sources, each with where it comes from. What is added later wins.
/// </summary>
internal sealed class SettingSources
{
    private const string Prefix = "SIGNALING__";

    private readonly Dictionary<string, (string Value, string Origin)> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds what a file has under <c>signaling</c>.</summary>
    public SettingSources AddFile(ConfigValue signaling)
    {
        if (signaling.Json.ValueKind == JsonValueKind.Object)
            AddJson("", signaling);
        else if (signaling.Json.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            throw signaling.Refuse("it must be an object, such as {\"log\": {\"format\": \"json\"}}");
        return this;
    }

    /// <summary>Adds the variables named as <c>SIGNALING__SOCKETS__PINGINTERVAL</c>; an empty one is as good as none.</summary>
    public SettingSources AddEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, value) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && name.Length > Prefix.Length && value.Length > 0)
            {
                var path = name[Prefix.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);
                Set(path, value, $"the environment variable {name}");
            }
        }

        return this;
    }

    /// <summary>Adds an option of the command line if it was given.</summary>
    public SettingSources AddOption(string path, string option, string? value)
    {
        if (value is not null)
            Set(path, value, option);
        return this;
    }

    /// <summary>Whether any of the sources has it.</summary>
    public bool Has(string path) => _settings.ContainsKey(path);

    /// <summary>Where the setting comes from, for messages: a file, a variable or an option.</summary>
    public string OriginOf(string path)
    {
        for (var end = path.Length; end >= 0; end = path.AsSpan(0, end).LastIndexOf(':'))
        {
            if (_settings.TryGetValue(path[..end], out var setting))
                return setting.Origin;
        }

        return _settings.First(setting => IsBelow(setting.Key, path)).Value.Origin;
    }

    public IConfigurationRoot ToConfiguration() => new ConfigurationBuilder()
        .AddInMemoryCollection(_settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value.Value)))
        .Build();

    private void AddJson(string path, ConfigValue value)
    {
        switch (value.Json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.Json.EnumerateObject())
                {
                    var below = Below(path, property.Name);
                    Clear(below); // a key that is repeated counts the last time only
                    AddJson(below, value with { Json = property.Value });
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.Items().Index())
                    AddJson(Below(path, $"{index}"), item);
                break;
            case JsonValueKind.String:
                Set(path, value.Json.GetString()!, value.File);
                break;
            case not JsonValueKind.Null:
                Set(path, value.Json.GetRawText(), value.File);
                break;
        }
    }

    private void Set(string path, string value, string origin)
    {
        Clear(path);
        _settings[path] = (value, origin);
    }

    private void Clear(string path)
    {
        foreach (var key in _settings.Keys.Where(key => IsBelow(key, path)).ToList())
            _settings.Remove(key);
        _settings.Remove(path);
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : ConfigurationPath.Combine(path, name);

    private static bool IsBelow(string key, string path) =>
        key.StartsWith(path + ConfigurationPath.KeyDelimiter, StringComparison.OrdinalIgnoreCase);
}
