namespace Signaling.Gateway.Configuration;

/// <summary>Gives the apps what stands for them under <c>signaling.apps</c>.</summary>
internal static class AppSettingsCheck
{
    /// <summary>Finds the apps of each name and tells them. A name that several have is for all of them.</summary>
    /// <param name="apps">The apps.</param>
    /// <param name="settings">What stands there.</param>
    /// <param name="sources">Where it comes from, for messages.</param>
    /// <param name="warnings">Takes what is odd.</param>
    /// <exception cref="StartupException">No app has the name.</exception>
    public static void Apply(
        IReadOnlyList<AppOptions> apps, IReadOnlyDictionary<string, AppSettings> settings, SettingSources sources, List<string> warnings)
    {
        foreach (var (name, its) in settings)
        {
            AppOptions[] named = [.. apps.Where(app => app.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
            if (named.Length == 0)
            {
                throw new StartupException(
                    $"{sources.OriginOf($"apps:{name}")}: signaling.apps.{name} is for no app; the apps are called " +
                    $"{string.Join(", ", apps.Select(app => app.Name).Distinct(StringComparer.OrdinalIgnoreCase))}.");
            }

            foreach (var app in named)
                its.ApplyTo(app);

            if (sources.Has($"apps:{name}:takeover") && named.Any(app => app.AddressSharing))
            {
                warnings.Add(
                    $"{sources.OriginOf($"apps:{name}:takeover")}: signaling.apps.{name}.takeover has no effect, since the app shares " +
                    "addresses: nobody has to give way there.");
            }

            if (sources.Has($"apps:{name}:mostListeners") && named.Any(app => !app.AddressSharing))
            {
                warnings.Add(
                    $"{sources.OriginOf($"apps:{name}:mostListeners")}: signaling.apps.{name}.mostListeners has no effect, since the app does " +
                    "not share addresses: each has one listener.");
            }
        }
    }
}
