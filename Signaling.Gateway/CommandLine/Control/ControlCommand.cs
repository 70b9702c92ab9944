using System.CommandLine;
using System.Text.Json;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.CommandLine.Control;

/// <summary><c>ctl</c>: shows what a cluster does, and has it do something, by the admin API of any of its nodes.</summary>
internal sealed class ControlCommand : Command
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly ControlOptions _options;

    /// <param name="loader">Finds the configuration.</param>
    /// <param name="variables">The environment's variables, the admin token in <c>SIGNALING_ADMIN_TOKEN</c> among them.</param>
    public ControlCommand(ConfigurationLoader loader, IReadOnlyDictionary<string, string> variables)
        : base("ctl", "Shows what the cluster does, and has it do something, by the admin API of any of its nodes. [SIGNALING_ADMIN_TOKEN]")
    {
        _options = new ControlOptions(loader, variables);
        _options.AddTo(this);
        AddViews();
        AddActs();
    }

    private void AddViews()
    {
        Show("nodes", "How the nodes are.", [], _ => "/admin/nodes", Tables.Nodes);
        Show("apps", "What the peers of each app do.", [], _ => "/admin/apps", Tables.Apps);

        var (after, limit) = (new Option<string>("--after") { Description = "Begin behind this key.", HelpName = "KEY" }, new Option<int>("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 100 });
        Show("addresses", "Which addresses are held, by their keys.", [after, limit],
            arguments => $"/admin/addresses?limit={arguments.GetValue(limit)}&after={Escaped(arguments.GetValue(after) ?? "")}", Tables.Addresses);

        var (app, address) = AppAndAddress();
        Show("address", "Who holds an address, and the links there.", [app, address],
            arguments => $"/admin/address?app={Escaped(arguments.GetRequiredValue(app))}&address={Escaped(arguments.GetRequiredValue(address))}", Tables.Address);

        var (tracedApp, traced) = AppAndAddress();
        Show("trace", "What has become of those who have asked for an address, and why. Look here first when a call has failed.", [tracedApp, traced],
            arguments => $"/admin/trace?app={Escaped(arguments.GetRequiredValue(tracedApp))}&address={Escaped(arguments.GetRequiredValue(traced))}", Tables.Trace);
    }

    private void AddActs()
    {
        var peer = new Argument<string>("PEER") { Description = "The peer, as node:number." };
        Do("disconnect", "Closes a peer's socket.", [peer], HttpMethod.Delete, arguments => $"/admin/peers/{Parts(arguments.GetRequiredValue(peer))}");

        var key = new Argument<string>("KEY") { Description = "The address' key, as ctl address tells it." };
        Do("close", "Has all holders of an address give it back, and closes their links there.", [key], HttpMethod.Delete, arguments => $"/admin/addresses/{Escaped(arguments.GetRequiredValue(key))}");

        foreach (var (name, description, method, path) in new[]
        {
            ("drain", "Begins to drain a node. That can't be taken back.", HttpMethod.Post, "drain"),
            ("hold", "Has a node say that it is not ready, so that balancers send it nobody.", HttpMethod.Post, "hold"),
            ("release", "Ends that.", HttpMethod.Delete, "hold"),
        })
        {
            var uid = new Argument<int>("UID") { Description = "The node, as ctl nodes tells it." };
            Do(name, description, [uid], method, arguments => $"/admin/nodes/{arguments.GetRequiredValue(uid)}/{path}");
        }

        var category = new Argument<string>("CATEGORY") { Description = "The category of the log, such as Signaling." };
        var level = new Argument<LogLevel?>("LEVEL") { Description = "Its level; none: that of the start.", Arity = ArgumentArity.ZeroOrOne };
        Do("log-level", "Has all nodes log more, or less, until their next start.", [category, level], HttpMethod.Put, _ => "/admin/log-level",
            arguments => new { category = arguments.GetRequiredValue(category), level = arguments.GetValue(level)?.ToString() });
    }

    private void Show(string name, string description, Symbol[] symbols, Func<ParseResult, string> path, Func<JsonElement, string> table) =>
        AddCommand(name, description, symbols, async (arguments, client, cancellation) =>
        {
            var answer = await client.AskAsync(HttpMethod.Get, path(arguments), body: null, cancellation);
            await WriteAsync(arguments, answer, table);
        });

    private void Do(
        string name, string description, Symbol[] symbols, HttpMethod method, Func<ParseResult, string> path, Func<ParseResult, object>? body = null) =>
        AddCommand(name, description, symbols, async (arguments, client, cancellation) =>
        {
            var answer = await client.AskAsync(method, path(arguments), body?.Invoke(arguments), cancellation);
            await WriteAsync(arguments, answer, _ => "done\n");
        });

    private void AddCommand(string name, string description, Symbol[] symbols, Func<ParseResult, AdminClient, CancellationToken, Task> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else if (symbol is Option option)
                command.Add(option);
        }

        command.SetAction(async (arguments, cancellation) =>
        {
            using var client = _options.ClientOf(arguments);
            await run(arguments, client, cancellation);
            return ExitCodes.Ok;
        });
        Add(command);
    }

    private async Task WriteAsync(ParseResult arguments, JsonElement answer, Func<JsonElement, string> table)
    {
        var (output, error) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        if (_options.IsJson(arguments))
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(answer, Indented));
            return;
        }

        await output.WriteAsync(table(answer));
        if (answer.GetProperty("silent") is { } silent && silent.GetArrayLength() > 0)
            await error.WriteLineAsync($"warning: no answer of {string.Join(", ", silent.EnumerateArray())}; what they know is missing.");
    }

    private static (Argument<string> App, Argument<string> Address) AppAndAddress() =>
        (new Argument<string>("APP") { Description = "The app's path, such as /callapp." }, new Argument<string>("ADDRESS") { Description = "The address, as the peers say it." });

    private static string Parts(string peer) => string.Join('/', peer.Split(':', 2).Select(Escaped));

    private static string Escaped(string text) => Uri.EscapeDataString(text);
}
