using System.Diagnostics;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>A program that does one thing and ends.</summary>
internal static class Tool
{
    /// <summary>Runs it and returns what it has written.</summary>
    public static string Run(string program, params string[] arguments) => RunWith("", program, arguments);

    /// <summary>Runs it with something to read.</summary>
    public static string RunWith(string input, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.GetAwaiter().GetResult()}");
    }
}
