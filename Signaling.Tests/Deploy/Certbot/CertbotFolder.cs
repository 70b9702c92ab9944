using System.Diagnostics;
using Signaling.Tests.Gateway;
using Signaling.Tests.House;

namespace Signaling.Tests.Deploy.Certbot;

/// <summary>The folder of a service that runs as a user of its own, and a real certbot that keeps all it has in there too.</summary>
internal sealed class CertbotFolder : IDisposable
{
    /// <summary>The service's group; its user is nobody.</summary>
    private const string Group = "daemon";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();
    private readonly AcmeServer _server;

    public CertbotFolder(AcmeServer server)
    {
        _server = server;
        Directory.CreateDirectory(Public);
        Run("chmod", "755", _folder.Path);
    }

    /// <summary>The folder of files that the service serves.</summary>
    public string Public => Path.Combine(_folder.Path, "public");

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Has a file be a link to another one, as <c>ln -sfn</c> does.</summary>
    public void Link(string name, string target) => Run("ln", "-sfn", target, Path.Combine(_folder.Path, name));

    /// <summary>One of the files that certbot keeps for a name.</summary>
    public string Live(string name, string file) => Path.Combine(_folder.Path, "letsencrypt/live", name, file);

    /// <summary>Runs the program as the service's user.</summary>
    public GatewayProcess StartService(string[] args, params (string Name, string Value)[] environment) => GatewayProcess.Start(
        _folder.Path, args, ["setpriv", "--reuid=65534", $"--regid={Group}", "--clear-groups", "--no-new-privs"], onLine: null, environment);

    /// <summary>Runs certbot with the hook of <c>deploy/certbot</c>, or whatever hook it has noted.</summary>
    public void Certbot(params string[] arguments) => Run(
        "certbot",
        [
            .. arguments, "--non-interactive", "--agree-tos", "--register-unsafely-without-email", "--server", _server.Directory,
            "--config-dir", Path.Combine(_folder.Path, "letsencrypt"), "--work-dir", Path.Combine(_folder.Path, "work"), "--logs-dir", Path.Combine(_folder.Path, "log"),
        ]);

    /// <summary>What has the hook run.</summary>
    public static string[] WithHook { get; } = ["--deploy-hook", Path.Combine(SourceFile.Root, "deploy/certbot/deploy-hook")];

    public void Dispose() => _folder.Dispose();

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REQUESTS_CA_BUNDLE"] = _server.CaFile;
        start.Environment["SIGNALING_GROUP"] = Group;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} has ended with {process.ExitCode}:\n{output.Result}\n{error.Result}");
    }
}
