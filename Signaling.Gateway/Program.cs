using System.Collections;
using Signaling.Gateway.CommandLine;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Hosting;

var loader = new ConfigurationLoader(Variables(), Environment.CurrentDirectory, TimeProvider.System);
var exitCode = await new GatewayCommand(Serve, CheckConfig).InvokeAsync(args, Console.Out, Console.Error);
return exitCode != 0 ? exitCode : Environment.ExitCode; // a node that the others have removed does not end well

async Task Serve(StartArguments arguments)
{
    var configuration = loader.Load(arguments, []);
    await using var app = await GatewayHost.StartAsync(configuration);
    app.Announce(configuration);
    await app.WaitForShutdownAsync();
}

void CheckConfig(StartArguments arguments)
{
    List<string> warnings = [];
    try
    {
        loader.Load(arguments, warnings);
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
