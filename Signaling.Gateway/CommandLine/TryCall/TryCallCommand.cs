using System.CommandLine;
using System.Globalization;

namespace Signaling.Gateway.CommandLine.TryCall;

/// <summary>The command <c>try-call</c>: shows from outside, by a call as apps make it, that a service works.</summary>
internal sealed class TryCallCommand : Command
{
    private const string TokenVariable = "SIGNALING_USER_TOKEN";
    private const int DefaultSeconds = 30;
    private const int MostSeconds = 3600;

    private readonly Argument<string> _called = Url("URL", "Where the peer that is called connects, such as wss://example.com/callapp.", ArgumentArity.ExactlyOne);

    private readonly Argument<string> _caller = Url("CALLER-URL", "Where the peer that calls connects. Default: the same.", ArgumentArity.ZeroOrOne);

    private readonly Option<string> _userToken = new("--user-token")
    {
        Description = $"The user token of both peers, where the service wants one. [{TokenVariable}, which the list of processes does not show]",
        HelpName = "TOKEN",
    };

    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = $"Seconds that all of it may take. Until then a handshake is tried again that nobody takes. Default: {DefaultSeconds}.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => DefaultSeconds,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= MostSeconds)
                return seconds;
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"--timeout is '{result.Tokens[0].Value}'; allowed is a whole number of seconds from 1 to {MostSeconds}."));
            return 0;
        },
    };

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Takes any certificate, such as one that a node has made for itself.",
    };

    /// <param name="environment">The environment variables.</param>
    public TryCallCommand(IReadOnlyDictionary<string, string> environment)
        : base("try-call", "Makes a call through a running service, and says how long each step takes or what is in the way.")
    {
        Add(_called);
        Add(_caller);
        Add(_userToken);
        Add(_timeout);
        Add(_insecure);
        SetAction((result, cancellation) =>
        {
            var output = result.InvocationConfiguration.Output;
            var called = result.GetRequiredValue(_called);
            var plan = new TryCallPlan(
                new Uri(called),
                new Uri(result.GetValue(_caller) ?? called),
                result.GetValue(_userToken) ?? (environment.GetValueOrDefault(TokenVariable) is { Length: > 0 } token ? token : null),
                TimeSpan.FromSeconds(result.GetValue(_timeout)),
                result.GetValue(_insecure));
            return new TriedCall(plan, new TryCallSteps(output, TimeProvider.System)).RunAsync(result.InvocationConfiguration.Error, cancellation);
        });
    }

    private static Argument<string> Url(string name, string description, ArgumentArity arity)
    {
        var argument = new Argument<string>(name) { Description = description, Arity = arity };
        argument.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(token => token.Value).Where(text => !IsUrl(text)))
                result.AddError($"'{text}' is no URL of a WebSocket; it has to be like wss://example.com/callapp.");
        });
        return argument;
    }

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss" && url.Host.Length > 0;
}
