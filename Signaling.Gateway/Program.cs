using System.Collections;
using Signaling.Gateway;
using Signaling.Gateway.CommandLine;
using Signaling.Gateway.CommandLine.Control;
using Signaling.Gateway.CommandLine.TryCall;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Hosting;
using Signaling.Gateway.Node;

// A socket's event goes on where it was heard, instead of waking another thread: see docs/decisions/0026-own-frames.md. Nothing that is
// begun by one may block. Read by .NET with the first socket.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

var variables = Variables();
var loader = new ConfigurationLoader(variables, Environment.CurrentDirectory, TimeProvider.System);
return await new GatewayCommand(Serve, CheckConfig, new HealthCommand(loader), new PreStopCommand(loader), new TryCallCommand(variables), new ControlCommand(loader, variables))
    .InvokeAsync(args, Console.Out, Console.Error);

async Task<int> Serve(StartArguments arguments)
{
    var configuration = loader.Load(arguments, []);
    using var impatience = new SecondSignal(Console.Error);
    await using var app = await GatewayHost.StartAsync(configuration);
    if (app is null)
        return ExitCodes.Ok; // told to stop before it had started

    app.Announce(configuration);
    await app.WaitForShutdownAsync();
    return app.Services.GetRequiredService<NodeEnd>().ExitCode;
}

void CheckConfig(StartArguments arguments)
{
    List<string> warnings = [];
    try
    {
        var configuration = loader.Load(arguments, warnings);
        warnings.AddRange(configuration.Certificates.Select(one => one.WarningAt(TimeProvider.System.GetUtcNow())).OfType<string>());
    }
    finally
    {
        warnings.ForEach(warning => Console.WriteLine($"warning: {warning}"));
    }

    Console.WriteLine($"{arguments.ConfigFile} is valid.");
}

// Windows does not tell PORT and port apart.
static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
    variable => (string)variable.Key,
    variable => (string)variable.Value!,
    OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
