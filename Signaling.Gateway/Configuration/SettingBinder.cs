using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Signaling.Gateway.Configuration;

/// <summary>
/// Puts the settings under <c>signaling</c> into their options. The framework's binder does it; this looks first, so
/// that what the binder would refuse is told with its key, value, origin and what is allowed.
/// </summary>
internal sealed class SettingBinder
{
    private readonly SettingSources _sources;
    private readonly IConfigurationRoot _configuration;

    private SettingBinder(SettingSources sources)
    {
        _sources = sources;
        _configuration = sources.ToConfiguration();
    }

    public static ServiceSettings Bind(SettingSources sources)
    {
        var binder = new SettingBinder(sources);
        binder.CheckObject(binder._configuration, typeof(ServiceSettings), "signaling");
        var settings = new ServiceSettings();
        binder._configuration.Bind(settings, options => options.ErrorOnUnknownConfiguration = true);
        return settings;
    }

    private void CheckObject(IConfiguration section, Type type, string key)
    {
        foreach (var child in section.GetChildren())
        {
            var property = type.GetProperties().FirstOrDefault(
                property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw Unknown(child, type, key);
            var childKey = $"{key}.{NameOf(property)}";
            if (property.PropertyType == typeof(IList<string>))
                CheckList(child, property, childKey);
            else if (property.PropertyType == typeof(Dictionary<string, AppSettings>))
                CheckNamed(child, typeof(AppSettings), childKey);
            else if (TypeDescriptor.GetConverter(property.PropertyType).CanConvertFrom(typeof(string)))
                CheckValue(child, property.PropertyType, property, childKey);
            else
                CheckSection(child, property.PropertyType, childKey);
        }
    }

    private void CheckSection(IConfigurationSection section, Type type, string key)
    {
        if (section.Value is not null)
            throw Bad(section, key, "it must be an object");
        CheckObject(section, type, key);
    }

    // Names are the user's own: what is allowed stands one level below.
    private void CheckNamed(IConfigurationSection section, Type type, string key)
    {
        if (section.Value is not null)
            throw Bad(section, key, "it must be an object");
        foreach (var child in section.GetChildren())
            CheckSection(child, type, $"{key}.{child.Key}");
    }

    private void CheckList(IConfigurationSection section, PropertyInfo property, string key)
    {
        // A variable or an option holds a list as one text.
        if (section.Value is { } text)
        {
            foreach (var (index, item) in text.Split(',', StringSplitOptions.TrimEntries).Index())
                section[index.ToString(CultureInfo.InvariantCulture)] = item;
            section.Value = null;
        }

        foreach (var item in section.GetChildren())
            CheckValue(item, typeof(string), property, $"{key}[{item.Key}]");
    }

    private void CheckValue(IConfigurationSection section, Type type, PropertyInfo property, string key)
    {
        object? value;
        try
        {
            value = section.Value is null ? null : section.Get(type); // of an object the framework would make a number, and fail later
        }
        catch (InvalidOperationException)
        {
            throw Bad(section, key, Allowed(type, property));
        }

        // The framework takes the number of a value too, of one that does not exist as well.
        if (value is null or "" || (value is Enum && !Enum.GetNames(value.GetType()).Contains(section.Value, StringComparer.OrdinalIgnoreCase)) || !property.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value)))
            throw Bad(section, key, Allowed(type, property));
    }

    private StartupException Unknown(IConfigurationSection section, Type type, string key) => Error(
        section,
        $"{key}.{section.Key} is not a key of this program; allowed in {key} are " +
        string.Join(", ", type.GetProperties().Select(NameOf)));

    private StartupException Bad(IConfigurationSection section, string key, string allowed) => Error(
        section, $"{key} is {(section.Value is null ? "an object" : $"\"{section.Value}\"")}; {allowed}");

    private StartupException Error(IConfigurationSection section, string sentence)
    {
        var origin = _sources.OriginOf(section.Path);
        return new StartupException($"{origin}: {sentence}.") { ExitCode = origin.StartsWith('-') ? ExitCodes.Misuse : ExitCodes.NotStarted };
    }

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static string Allowed(Type type, PropertyInfo property)
    {
        var kind = (Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan) ? "a time as hours:minutes:seconds"
            : type == typeof(bool) ? "true or false"
            : type.IsEnum ? string.Join(" or ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))
            : type == typeof(string) ? "a text"
            : "a whole number";
        return "allowed is " + property.GetCustomAttributes<ValidationAttribute>().Select(rule => rule switch
        {
            RangeAttribute range => $"{kind} from {range.Minimum} to {range.Maximum}",
            RegularExpressionAttribute pattern => pattern.Pattern.Replace("|", " or ", StringComparison.Ordinal),
            AllowedValuesAttribute values => string.Join(" or ", values.Values),
            _ => rule.FormatErrorMessage(property.Name),
        }).FirstOrDefault(kind);
    }
}
