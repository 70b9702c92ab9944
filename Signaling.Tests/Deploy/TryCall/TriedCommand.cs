using Signaling.Gateway.CommandLine;
using Signaling.Gateway.CommandLine.TryCall;

namespace Signaling.Tests.Deploy.TryCall;

/// <summary>What came of a <c>try-call</c>.</summary>
internal sealed record TriedCommand(int ExitCode, IReadOnlyList<string> Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it in this process.</summary>
    public static async Task<TriedCommand> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var command = new GatewayCommand(
            _ => throw new InvalidOperationException("It serves."), _ => throw new InvalidOperationException("It checks."),
            new TryCallCommand(new Dictionary<string, string>(StringComparer.Ordinal)));
        var exitCode = await command.InvokeAsync(["try-call", .. args], output, error).WaitAsync(Patience);
        return new TriedCommand(
            exitCode, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), error.ToString().Trim());
    }
}
