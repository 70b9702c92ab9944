using System.Text.Json;
using Signaling.Load.CommandLine;

namespace Signaling.Tests.Load;

/// <summary>What came of a load.</summary>
internal sealed record LoadedCommand(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it in this process.</summary>
    public static async Task<LoadedCommand> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var exitCode = await new LoadCommand(new Dictionary<string, string>(StringComparer.Ordinal))
            .InvokeAsync(args, TextWriter.Synchronized(output), TextWriter.Synchronized(error)).WaitAsync(Patience);
        return new LoadedCommand(exitCode, output.ToString(), error.ToString().Trim());
    }

    /// <summary>Runs it for a second, and reads its figures.</summary>
    public static async Task<(LoadedCommand Command, JsonElement Figures)> MeasureAsync(params string[] args)
    {
        var file = Path.GetTempFileName();
        try
        {
            var command = await RunAsync([.. args, "--duration", "1", "--warm-up", "0", "--json", file]);
            var text = await File.ReadAllTextAsync(file);
            return (command, text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
