using Microsoft.Extensions.Options;

namespace Signaling.Gateway.Logging;

/// <summary>
/// Keeps the framework from logging what may hold a token: the target of a request, with its query, and the headers that it can't
/// read. Those categories say nothing below a warning, however low the application's own levels are.
/// </summary>
internal sealed class TargetsUnsaid : IPostConfigureOptions<LoggerFilterOptions>
{
    private static readonly string[] Categories =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics", // each request's target, at Information
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests", // what it could not read of a request, at Debug
    ];

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        var before = options.Rules.ToArray();
        string?[] providers = [null, .. before.Select(rule => rule.ProviderName).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (var (provider, category) in from provider in providers from category in Categories select (provider, category))
        {
            var level = LevelOf(options, before, provider, category);
            options.Rules.Add(new LoggerFilterRule(provider, category, level < LogLevel.Warning ? LogLevel.Warning : level, filter: null));
        }
    }

    // As the framework chooses: a provider's own rules first, of those the one with the longest category, of several the last.
    private static LogLevel LevelOf(LoggerFilterOptions options, LoggerFilterRule[] rules, string? provider, string category) =>
        rules.Where(rule => (rule.ProviderName is null || string.Equals(rule.ProviderName, provider, StringComparison.Ordinal))
                && category.StartsWith(rule.CategoryName ?? "", StringComparison.OrdinalIgnoreCase))
            .OrderBy(rule => rule.ProviderName is not null).ThenBy(rule => rule.CategoryName?.Length ?? 0)
            .LastOrDefault()?.LogLevel ?? options.MinLevel;
}
