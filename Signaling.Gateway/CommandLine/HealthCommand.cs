using System.CommandLine;
using System.Globalization;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.CommandLine;

/// <summary><c>health</c>: asks the node on this machine how it is, for probes that run a command.</summary>
internal sealed class HealthCommand : Command
{
    private readonly ConfigurationLoader _loader;
    private readonly ConfigOption _config = new();

    private readonly Argument<string> _check = new("CHECK")
    {
        Description = "live: it answers; started: it has joined its cluster; ready: peers may be sent to it.",
        HelpName = "live|started|ready",
        DefaultValueFactory = _ => "ready",
    };

    private readonly Option<string> _timeout = new("--timeout")
    {
        Description = "How many seconds the answer may take.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => "5",
    };

    /// <param name="loader">Finds the configuration.</param>
    public HealthCommand(ConfigurationLoader loader)
        : base("health", "Asks the node on this machine, by its internal listener, how it is. Exits with 0 if well, else with 1.")
    {
        _loader = loader;
        Add(_check);
        _check.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not ("live" or "started" or "ready"))
                result.AddError($"health knows no \"{result.GetValueOrDefault<string>()}\"; allowed is live, started or ready.");
        });
        Add(_config);
        Add(_timeout);
        _timeout.Validators.Add(result =>
        {
            if (!TryRead(result.GetValueOrDefault<string>(), out _))
                result.AddError($"--timeout is \"{result.GetValueOrDefault<string>()}\"; allowed is a number of seconds above 0, up to 3600.");
        });
        SetAction(AskAsync);
    }

    private async Task<int> AskAsync(ParseResult arguments, CancellationToken cancellation)
    {
        TryRead(arguments.GetRequiredValue(_timeout), out var timeout);
        using var node = new InternalClient(_loader.LoadSettings(arguments.GetValue(_config)).Internal);
        var (isOk, text) = await node.AskAsync(
            HttpMethod.Get, $"/health/{arguments.GetRequiredValue(_check)}", timeout, cancellation);
        await arguments.InvocationConfiguration.Output.WriteAsync(text);
        return isOk ? ExitCodes.Ok : ExitCodes.NotStarted;
    }

    private static bool TryRead(string? text, out TimeSpan time)
    {
        var isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
        time = isNumber && seconds is > 0 and <= 3600 ? TimeSpan.FromSeconds(seconds) : default;
        return time > TimeSpan.Zero;
    }
}
