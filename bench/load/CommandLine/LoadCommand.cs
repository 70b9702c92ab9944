using System.CommandLine;
using Signaling.Load.Messages;
using Signaling.Load.Modes;

namespace Signaling.Load.CommandLine;

/// <summary>The command line: one command for each kind of load.</summary>
internal sealed class LoadCommand
{
    private const int MostPeers = 1_000_000;
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(60);

    private readonly RootCommand _root;
    private readonly LoadOptions _options;
    private readonly NumberOption _window = new("--window", "COUNT", "Messages of a pair under way at once, each answered.", 1, 10_000, 1);
    private readonly NumberOption _pairs = new("--pairs", "COUNT", "How many pairs talk.", 1, MostPeers / 2, 100);
    private readonly NumberOption _atOnce = new("--concurrent", "COUNT", "How many calls are under way at once.", 1, MostPeers / 3, 50);
    private readonly NumberOption _messageRate = new("--rate", "COUNT", "Messages a second, all together, at fixed times and whatever comes back; 0: as --window says.", 0, 10_000_000, 0);
    private readonly NumberOption _callRate = new("--rate", "COUNT", "Calls a second, all together, at fixed times; 0: each after the one before.", 0, 1_000_000, 0);

    /// <param name="environment">The environment variables.</param>
    public LoadCommand(IReadOnlyDictionary<string, string> environment)
    {
        _options = new LoadOptions(environment);
        _root = new RootCommand("Puts load on a signaling service of your own, checks every byte that comes back, and measures.")
        {
            IdleCommand(), RelayCommand(), CallsCommand(), ConferenceCommand(),
        };
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

        return await result.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeToEnd,
            Output = output,
            Error = error,
        });
    }

    private Command IdleCommand()
    {
        var peers = Number("N", "How many peers.", 1);
        var command = new Command("idle", "Peers that each hold an address and do nothing.") { peers };
        _options.AddTo(command);
        Run(command, result => _options.PlanOf(result, result.GetRequiredValue(peers)), plan => plan.Count, (plan, wrongs) => new Idle(plan, wrongs));
        return command;
    }

    private Command RelayCommand()
    {
        var command = new Command("relay", "Pairs that talk.") { _pairs, _window, _messageRate, _options.Size };
        _options.AddTo(command);
        Run(
            command,
            result => _options.PlanOf(result, result.GetValue(_pairs)) with
            {
                Window = result.GetValue(_window),
                Rate = result.GetValue(_messageRate),
                Size = result.GetValue(_options.Size),
            },
            plan => 2 * plan.Count,
            (plan, wrongs) => new Relay(plan, wrongs));
        return command;
    }

    private Command CallsCommand()
    {
        var command = new Command("calls", "Calls as apps make them: each of three sockets and 26 messages, at an address of its own.") { _atOnce, _callRate, _options.Size };
        _options.AddTo(command);
        Run(
            command,
            result => _options.PlanOf(result, result.GetValue(_atOnce)) with { Rate = result.GetValue(_callRate), Size = result.GetValue(_options.Size) },
            plan => 3 * plan.Count,
            (plan, wrongs) => new Calls(plan, wrongs));
        return command;
    }

    private Command ConferenceCommand()
    {
        var peers = Number("K", "How many peers a room has.", 2);
        var command = new Command("conference", "Rooms of an app that shares addresses: everyone is linked to everyone, and says something to everyone.") { peers, _options.Size };
        _options.AddTo(command);
        Run(
            command,
            result => _options.PlanOf(result, result.GetRequiredValue(peers)) with { Size = result.GetValue(_options.Size) },
            plan => 2 * plan.Count, // those of one room may still be on their way out when the next comes
            (plan, wrongs) => new Conference(plan, wrongs));
        return command;
    }

    private void Run(Command command, Func<ParseResult, LoadPlan> planOf, Func<LoadPlan, int> sockets, Func<LoadPlan, Wrongs, ILoad> make) =>
        command.SetAction((result, stop) =>
        {
            var plan = planOf(result);
            return new LoadRun(plan, sockets(plan), make, _options.FilesOf(result))
                .RunAsync(result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, stop);
        });

    private static Argument<int> Number(string name, string description, int least) => new(name)
    {
        Description = description,
        CustomParser = result => NumberOption.Read(result, name, least, MostPeers),
    };
}
