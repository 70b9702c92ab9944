using Signaling.Tests.Gateway;

namespace Signaling.Tests.Deploy;

/// <summary>Runs a command of the program to its end, as a probe or a hook does.</summary>
internal static class GatewayRun
{
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="args">The command.</param>
    /// <param name="environment">Its environment's variables.</param>
    public static async Task<(int ExitCode, string Output, string Error)> ToItsEndAsync(
        string folder, string[] args, params (string Name, string Value)[] environment)
    {
        await using var run = GatewayProcess.Start(folder, args, environment);
        return await run.WaitForExitAsync();
    }
}
