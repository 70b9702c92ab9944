using System.Diagnostics;
using Signaling.Tests.Gateway;
using Signaling.Tests.House;
using Xunit;

namespace Signaling.Tests.Deploy.ClusterTls;

/// <summary>A CA of the script that comes with the service, in a folder of its own.</summary>
internal sealed class ClusterCa : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ClusterCa() => Run("make-ca", Folder);

    public static string Script { get; } = Path.Combine(SourceFile.Root, "deploy", "cluster-tls", "cluster-tls");

    public string Folder => Path.Combine(_folder.Path, "ca");

    public string Certificate => Path.Combine(Folder, "ca.crt");

    /// <summary>Makes a node's files.</summary>
    /// <returns>The folder that they are in.</returns>
    public string Issue(params string[] names)
    {
        Run(["make-node", Folder, .. names]);
        return Path.Combine(Folder, "nodes", names[0]);
    }

    public static string Run(params string[] arguments)
    {
        var (code, output, error) = Try(arguments);
        Assert.True(code == 0, error);
        return output;
    }

    /// <summary>Runs the script, and says what came of it.</summary>
    public static (int ExitCode, string Output, string Error) Try(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Script, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.Trim(), error.Result.Trim());
    }

    public void Dispose() => _folder.Dispose();
}
