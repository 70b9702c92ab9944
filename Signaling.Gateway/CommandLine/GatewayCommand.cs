using System.CommandLine;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.CommandLine;

/// <summary>The command line: its options, its commands, and how an error leaves the program.</summary>
internal sealed class GatewayCommand
{
    private readonly ConfigOption _config = new();

    private readonly Option<string> _profile = new("--profile")
    {
        Description = "dev, one node on its own; static, nodes that know each other; kubernetes, pods. [SIGNALING__NODE__PROFILE]",
        HelpName = "dev|static|kubernetes",
    };

    private readonly Option<string> _clusterHost = new("--cluster-host")
    {
        Description = "The name or address that the other nodes reach this one under. [SIGNALING__NODE__HOST]",
        HelpName = "HOST",
    };

    private readonly Option<string> _clusterPort = new("--cluster-port")
    {
        Description = "The port that the other nodes reach this one at; 0 takes a free one. [SIGNALING__NODE__PORT]",
        HelpName = "PORT",
    };

    private readonly Option<string> _clusterSeeds = new("--cluster-seeds")
    {
        Description = "The nodes to join by, the same list on every node. [SIGNALING__NODE__SEEDS]",
        HelpName = "HOST:PORT,...",
    };

    private readonly Argument<string> _checkedFile = new("FILE") { Description = "The configuration file." };
    private readonly RootCommand _root;

    /// <param name="serve">Runs the service until it stops, and says what the process exits with.</param>
    /// <param name="check">Checks a configuration and tells what it found.</param>
    /// <param name="others">The commands for a node that runs.</param>
    public GatewayCommand(Func<StartArguments, Task<int>> serve, Action<StartArguments> check, params IEnumerable<Command> others)
    {
        var checkConfig = new Command("check-config", "Reads a configuration file, its certificates too, and says what is wrong.")
        {
            _checkedFile,
        };
        checkConfig.SetAction(result => check(new StartArguments { ConfigFile = result.GetRequiredValue(_checkedFile) }));

        _root = new RootCommand("The signaling service for WebRTC Video Chat, WebRTC Network, awrtc_browser and awrtc_python.")
        {
            _config, _profile, _clusterHost, _clusterPort, _clusterSeeds, checkConfig,
        };
        foreach (var command in others)
            _root.Add(command);
        _root.SetAction((result, _) => serve(new StartArguments
        {
            ConfigFile = result.GetValue(_config),
            Profile = result.GetValue(_profile),
            ClusterHost = result.GetValue(_clusterHost),
            ClusterPort = result.GetValue(_clusterPort),
            ClusterSeeds = result.GetValue(_clusterSeeds),
        }));
    }

    /// <summary>Does what the arguments say and returns what the process exits with.</summary>
    public async Task<int> InvokeAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var result = _root.Parse(args);
        if (result.Errors.Count > 0)
        {
            await error.WriteLineAsync($"error: {result.Errors[0].Message} See --help.");
            return ExitCodes.Misuse;
        }

        try
        {
            // The host handles the signals that end the process.
            return await result.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error,
            });
        }
        catch (StartupException exception)
        {
            await error.WriteLineAsync($"error: {exception.Message}");
            return exception.ExitCode;
        }
    }
}
