using System.Text.Json;

namespace Signaling.Gateway.Configuration;

/// <summary>Reads <c>apps</c>.</summary>
internal static class AppList
{
    public static IReadOnlyList<AppOptions> Read(ConfigValue value)
    {
        if (value.Json.ValueKind != JsonValueKind.Array)
            throw value.Refuse("it must be a list, such as [{\"name\": \"CallApp\", \"path\": \"/callapp\"}]");

        var apps = new OrderedDictionary<string, AppOptions>(StringComparer.Ordinal);
        foreach (var item in value.Items())
        {
            var app = ReadApp(item);
            if (!app.Path.StartsWith('/'))
                item.Warn("has no path that begins with \"/\", so no peer can reach it");
            else if (!apps.TryAdd(app.Path, app))
            {
                item.Warn($"repeats the path \"{app.Path}\" and takes the place of the app before it");
                apps[app.Path] = app;
            }
        }

        if (apps.Count == 0)
            value.Warn("names no app, so every peer is turned away");
        return [.. apps.Values];
    }

    private static AppOptions ReadApp(ConfigValue value)
    {
        if (value.Json.ValueKind == JsonValueKind.Null)
            throw value.Refuse("it must be an object with a path");

        value.WarnOfKeysBut("name", "path", "address_sharing");
        var path = value["path"].Text ?? "";
        return new AppOptions
        {
            Path = path,
            Name = value["name"].Text ?? path,
            AddressSharing = JavaScript.IsTruthy(value["address_sharing"].Json),
        };
    }
}
