using System.ComponentModel;
using System.Diagnostics;

namespace Signaling.Tests.Deploy.Image;

/// <summary>A program of this machine that is run to its end.</summary>
internal static class Tool
{
    /// <summary>Runs it; a failure says what it has written.</summary>
    /// <returns>Its output, without the last line's end.</returns>
    public static async Task<string> RunAsync(TimeSpan patience, string program, params string[] arguments)
    {
        var (exitCode, output, error) = await TryAsync(patience, program, arguments);
        return exitCode == 0
            ? output.TrimEnd('\n')
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} has ended with {exitCode}:\n{output}\n{error}");
    }

    /// <summary>Runs it and tells how it has ended.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> TryAsync(TimeSpan patience, string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        using var late = new CancellationTokenSource(patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(late.Token);
            var error = process.StandardError.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} has not ended within {patience}.", e);
        }
    }

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name); // of the build that runs this test
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{program} can't be started; on Debian install it with apt-get, see CONTRIBUTING.md.", e);
        }
    }
}
