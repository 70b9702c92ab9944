using System.CommandLine;
using Signaling.Load.Messages;
using Signaling.Load.Reports;
using Signaling.Load.Targets;

namespace Signaling.Load.CommandLine;

/// <summary>The options that all loads have.</summary>
/// <param name="environment">The environment variables.</param>
internal sealed class LoadOptions(IReadOnlyDictionary<string, string> environment)
{
    private const string TokenVariable = "SIGNALING_USER_TOKEN";
    private const int Day = 24 * 60 * 60;

    private readonly Argument<string[]> _urls = Urls();

    private readonly NumberOption _duration = new("--duration", "SECONDS", "How long it is measured; for idle peers, how long they stay.", 1, Day, 10);
    private readonly NumberOption _warmUp = new("--warm-up", "SECONDS", "How long the load is on before that.", 0, Day, 2);
    private readonly NumberOption _ramp = new("--ramp", "SECONDS", "How long the opening of all peers is drawn out.", 0, Day, 0);
    private readonly NumberOption _opening = new("--opening", "COUNT", "How many sockets are being opened at once.", 1, 10_000, 64);
    private readonly NumberOption _timeout = new("--timeout", "SECONDS", "How long a single step may take, and the last arrival at the end.", 1, Day, 20);
    private readonly Option<bool> _cross = new("--cross") { Description = "The two ends of a pair or call go to two of the URLs, as to two nodes." };
    private readonly Option<bool> _insecure = new("--insecure") { Description = "Takes any certificate, such as one that a node has made for itself." };

    private readonly Option<string> _userToken = new("--user-token")
    {
        Description = $"The user token of all peers, where the service wants one. [{TokenVariable}, which the list of processes does not show]",
        HelpName = "TOKEN",
    };

    private readonly Option<int[]> _processes = new("--pid")
    {
        Description = "A server's process on this machine, whose processor time and memory are told. May be given several times.",
        HelpName = "PID",
    };

    private readonly Option<string> _html = new("--html") { Description = "Writes a report with plots, one page that needs nothing else.", HelpName = "FILE" };
    private readonly Option<string> _json = new("--json") { Description = "Writes all figures.", HelpName = "FILE" };

    private readonly Option<bool> _may = new(Consent.Option)
    {
        Description = "Says that a deployment at a public address is yours, or that its owner has agreed. Private addresses need no word.",
    };

    /// <summary>How many bytes of data messages have.</summary>
    public NumberOption Size { get; } = new("--size", "BYTES", "Bytes of data in a message; in a call, of its offer and answer.", Words.Length, 16 * 1024 * 1024, 200);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_urls);
        foreach (var option in (Option[])[_duration, _warmUp, _ramp, _opening, _timeout, _cross, _userToken, _insecure, _processes, _html, _json, _may])
            command.Add(option);
    }

    /// <summary>The plan that they make, without what only some loads have.</summary>
    public LoadPlan PlanOf(ParseResult result, int count) => new()
    {
        Urls = [.. result.GetRequiredValue(_urls).Select(url => new Uri(url))],
        IsCross = result.GetValue(_cross),
        UserToken = result.GetValue(_userToken) ?? (environment.GetValueOrDefault(TokenVariable) is { Length: > 0 } token ? token : null),
        IsInsecure = result.GetValue(_insecure),
        IsAllowed = result.GetValue(_may),
        Count = count,
        Opening = result.GetValue(_opening),
        Ramp = TimeSpan.FromSeconds(result.GetValue(_ramp)),
        WarmUp = TimeSpan.FromSeconds(result.GetValue(_warmUp)),
        Duration = TimeSpan.FromSeconds(result.GetValue(_duration)),
        Patience = TimeSpan.FromSeconds(result.GetValue(_timeout)),
        Processes = result.GetValue(_processes) ?? [],
    };

    /// <summary>Where the report goes.</summary>
    public ReportFiles FilesOf(ParseResult result) => new(result.GetValue(_html), result.GetValue(_json));

    private static Argument<string[]> Urls()
    {
        var urls = new Argument<string[]>("URL")
        {
            Description = "Where the peers connect, such as wss://example.com/callapp; of several each takes its turn.",
            Arity = ArgumentArity.OneOrMore,
        };
        urls.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value).Where(text => !IsUrl(text)))
                result.AddError($"'{text}' is no URL of a WebSocket; it has to be like wss://example.com/callapp.");
        });
        return urls;
    }

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss" && url.Host.Length > 0;
}
