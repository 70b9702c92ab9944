using System.Diagnostics;

namespace Signaling.Tests.Faults;

/// <summary>The program <c>ip</c>, which makes networks. Needs root.</summary>
internal static class IpCommand
{
    public static void Run(params string[] arguments)
    {
        if (Try(arguments) is { } error)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {error}");
    }

    /// <summary>For what may be gone already.</summary>
    public static void TryRun(params string[] arguments) => Try(arguments);

    private static string? Try(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error;
    }
}
