using System.CommandLine;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Draining;

namespace Signaling.Gateway.CommandLine;

/// <summary><c>pre-stop</c>: drains the node on this machine and waits for it, for who is about to stop it.</summary>
internal sealed class PreStopCommand : Command
{
    // The node may need the last second of its time, and then has to say so.
    private static readonly TimeSpan Spare = TimeSpan.FromSeconds(5);

    private readonly ConfigurationLoader _loader;
    private readonly ConfigOption _config = new();

    /// <param name="loader">Finds the configuration.</param>
    public PreStopCommand(ConfigurationLoader loader)
        : base("pre-stop", "Drains the node on this machine, by its internal listener, and waits until it has no peers. Then stop it.")
    {
        _loader = loader;
        Add(_config);
        SetAction(DrainAsync);
    }

    private async Task<int> DrainAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var settings = _loader.LoadSettings(arguments.GetValue(_config));
        var longest = DrainTimes.Longest(settings.Drain, settings.Sockets).Drain + Spare;
        using var node = new InternalClient(settings.Internal);
        var (isOk, text) = await node.AskAsync(HttpMethod.Post, DrainEndpoint.Path, longest, cancellation);
        if (!isOk)
            throw new StartupException($"The node at {node.Address} does not drain: {text.Trim()}");

        await arguments.InvocationConfiguration.Output.WriteAsync(text);
        return ExitCodes.Ok;
    }
}
