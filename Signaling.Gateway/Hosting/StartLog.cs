using System.Net;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Hosting;

/// <summary>What the program says once it runs. Event ids 1000 to 1999 belong to starting and configuring.</summary>
internal static partial class StartLog
{
    public static void Announce(this WebApplication app, GatewayConfiguration configuration)
    {
        var log = app.Logger;
        if (configuration.Path is { } path)
            ConfiguredBy(log, path);
        else
            InDevMode(log);
        if (configuration.PortVariable is { } port)
            PortTaken(log, port.Name, port.Value);
        foreach (var warning in configuration.Warnings)
            Warned(log, warning);

        if (configuration.File.LogVerbose)
            Verbose(log);
        var admin = configuration.File.AdminToken ?? configuration.Settings.Tokens.AdminTokenFile;
        AnnounceTokens(log, admin, configuration.Settings.Tokens.Signed);
        if (admin is null && configuration.Settings.Internal is { Port: not null } inside && !IsThisMachine(inside.Host))
            OthersCannotAct(log, inside.Host);

        if (configuration.Settings.Proxies.Trusted is { Count: > 0 } proxies)
            ProxiesTrusted(log, string.Join(", ", proxies));

        AnnounceMode(log, configuration);
        foreach (var url in app.Urls)
            Listening(log, url);
        if (configuration.Path is null)
            AnnounceUrls(log, app.Urls, configuration.Settings.Internal.Port, configuration.File.Apps);
    }

    private static void AnnounceMode(ILogger log, GatewayConfiguration configuration)
    {
        var settings = configuration.Settings;
        if (settings.Strict)
            Strict(log);
        if (settings.Strict && !settings.Proxies.AddressesAreKnown)
            AddressesUnknown(log);
        if (!settings.Strict && settings.Origins.Count == 0 && configuration.Path is not null)
            OriginsOpen(log);
    }

    private static void AnnounceTokens(ILogger log, string? adminToken, SignedTokenOptions signed)
    {
        if (adminToken is not null && signed.IsActive)
            RegisteredOrSignedTokensNeeded(log);
        else if (adminToken is not null)
            TokensNeeded(log);
        else if (signed.IsActive)
            SignedTokensNeeded(log);
        else
            OpenToAll(log);
    }

    private static bool IsThisMachine(string host) =>
        IPAddress.TryParse(host, out var address) ? IPAddress.IsLoopback(address) : host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static void AnnounceUrls(ILogger log, IEnumerable<string> urls, int? internalPort, IReadOnlyList<AppOptions> apps)
    {
        var local = urls.Where(url => BindingAddress.Parse(url).Port != internalPort).Select(url => new UriBuilder(url) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority)).ToList();
        foreach (var app in apps)
            Serving(log, app.Name, string.Join(" or ", local.Select(url => $"ws{url["http".Length..]}{app.Path}")));
        DemoAt(log, $"{local[0]}/demo/");
    }

    [LoggerMessage(1000, LogLevel.Information, "configured by {Path}")]
    private static partial void ConfiguredBy(ILogger log, string path);

    [LoggerMessage(1001, LogLevel.Information, "no config.json here: running with the default configuration, and a certificate made just now")]
    private static partial void InDevMode(ILogger log);

    [LoggerMessage(1002, LogLevel.Warning, "{Warning}")]
    private static partial void Warned(ILogger log, string warning);

    [LoggerMessage(1003, LogLevel.Information, "the environment variable {Variable} is {Value}; ports in the configuration are ignored")]
    private static partial void PortTaken(ILogger log, string variable, string value);

    [LoggerMessage(1004, LogLevel.Information, "verbose log: each message of each peer; \"log_verbose\": false in config.json ends that")]
    private static partial void Verbose(ILogger log);

    [LoggerMessage(1005, LogLevel.Information, "an admin token is set: only peers with a registered user token are let in")]
    private static partial void TokensNeeded(ILogger log);

    [LoggerMessage(1006, LogLevel.Information, "no admin token is set: all peers are let in")]
    private static partial void OpenToAll(ILogger log);

    [LoggerMessage(1030, LogLevel.Information, "an admin token and keys of signed tokens are set: only peers with a registered or a signed user token are let in")]
    private static partial void RegisteredOrSignedTokensNeeded(ILogger log);

    [LoggerMessage(1031, LogLevel.Information, "keys of signed tokens are set: only peers with a signed user token are let in")]
    private static partial void SignedTokensNeeded(ILogger log);

    [LoggerMessage(1007, LogLevel.Information, "listening on {Url}")]
    private static partial void Listening(ILogger log, string url);

    [LoggerMessage(1008, LogLevel.Information, "{App}: {Urls}")]
    private static partial void Serving(ILogger log, string app, string urls);

    [LoggerMessage(1009, LogLevel.Information, "demo page: {Url}")]
    private static partial void DemoAt(ILogger log, string url);

    [LoggerMessage(1010, LogLevel.Information, "X-Forwarded-For is believed of {Proxies}")]
    private static partial void ProxiesTrusted(ILogger log, string proxies);

    [LoggerMessage(1043, LogLevel.Warning, "signaling.internal.host is {Host}, so health and metrics are open to whoever reaches it. To drain this node from another machine would take an admin token, and none is set: only this machine can")]
    private static partial void OthersCannotAct(ILogger log, string host);

    [LoggerMessage(1040, LogLevel.Information, "strict: what is not set has the limits of docs/limits.md")]
    private static partial void Strict(ILogger log);

    [LoggerMessage(1041, LogLevel.Warning, "there are no limits for each client address, since a proxy may be in front that all peers come from: name it in signaling.proxies.trusted, or say that there is none by signaling.proxies.direct")]
    private static partial void AddressesUnknown(ILogger log);

    [LoggerMessage(1042, LogLevel.Warning, "web pages of any origin are let in: list yours in signaling.origins, or * to have it so")]
    private static partial void OriginsOpen(ILogger log);
}
