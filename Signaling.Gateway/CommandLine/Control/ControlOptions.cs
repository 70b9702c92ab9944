using System.CommandLine;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.CommandLine.Control;

/// <summary>The options that all commands of <c>ctl</c> have: which node is asked, by whom, and how the answer is shown.</summary>
internal sealed class ControlOptions
{
    private const string TokenVariable = "SIGNALING_ADMIN_TOKEN";

    private readonly ConfigurationLoader _loader;
    private readonly IReadOnlyDictionary<string, string> _variables;
    private readonly ConfigOption _config = new() { Recursive = true };

    private readonly Option<string> _at = new("--at")
    {
        Description = "The internal listener of a node. Default: that of the node on this machine, by its configuration.",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json") { Description = "The answer as it came.", Recursive = true };

    /// <param name="loader">Finds the configuration.</param>
    /// <param name="variables">The environment's variables.</param>
    public ControlOptions(ConfigurationLoader loader, IReadOnlyDictionary<string, string> variables) => (_loader, _variables) = (loader, variables);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_config);
        command.Add(_at);
        command.Add(_json);
        _at.Validators.Add(result =>
        {
            if (!Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                result.AddError($"--at is \"{result.GetValueOrDefault<string>()}\"; allowed is a URL, such as http://127.0.0.1:9000.");
        });
    }

    /// <summary>Whether the answer is shown as it came.</summary>
    public bool IsJson(ParseResult arguments) => arguments.GetValue(_json);

    /// <summary>Who asks the node that is meant.</summary>
    public AdminClient ClientOf(ParseResult arguments)
    {
        var at = arguments.GetValue(_at) is { } url ? new Uri(url) : InternalClient.AddressOf(_loader.LoadSettings(arguments.GetValue(_config)).Internal);
        return new AdminClient(at, _variables.GetValueOrDefault(TokenVariable));
    }
}
