using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Signaling.Tests.Gateway;
using Signaling.Tests.House;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>
/// A real coturn by the file in <c>deploy/coturn</c>, but for what is of a machine of one's own: it listens on loopback, on free ports,
/// without TLS, and lets peers of this machine be reached.
/// </summary>
internal sealed partial class TurnServer : IAsyncDisposable
{
    public const string Realm = "turn.example.com";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly string _database;
    private readonly Process _process;

    private TurnServer(string secret, string[] settings)
    {
        Port = Faults.Ports.Take();
        _database = Path.Combine(_folder.Path, "turndb");
        File.Copy("/var/lib/turn/turndb", _database);
        AddSecret(secret);
        var path = _folder.Write("turnserver.conf", Changed(SourceFile.Read("deploy/coturn/turnserver.conf"), settings));
        _process = Start("turnserver", "-c", path);
    }

    public int Port { get; }

    /// <summary>The lines of its log so far.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Starts one, whose realm has a secret.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="settings">Lines of its file, in place of those that set the same.</param>
    public static async Task<TurnServer> StartAsync(string secret, params string[] settings)
    {
        var server = new TurnServer(secret, settings);
        await TurnClient.WaitForAsync(server.Port);
        return server;
    }

    /// <summary>Starts one behind a proxy that says by the PROXY protocol who comes. Nobody else reaches it by TCP then.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="port">Where the proxy reaches it.</param>
    public static async Task<TurnServer> StartBehindProxyAsync(string secret, int port)
    {
        var server = new TurnServer(secret, [$"tcp-proxy-port={port}"]);
        await TurnClient.WaitForAsync(port);
        return server;
    }

    /// <summary>Has it take passwords by another secret too, as one does before the service has it.</summary>
    public void AddSecret(string secret) => Administer($"--set-secret={secret}");

    /// <summary>Has it take passwords by a secret no longer.</summary>
    public void RemoveSecret(string secret) => Administer($"--delete-secret={secret}");

    /// <summary>Has coturn's own client relay some packets through it.</summary>
    /// <returns>Whether all came back.</returns>
    public Task<bool> RelaysAsync(string user, string password) => TurnClient.RelaysAsync(Port, user, password);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private string Changed(string file, string[] settings)
    {
        var own = OfTheMachine().Replace(file, "");
        foreach (var setting in settings)
            own = Regex.Replace(own, $"^{Regex.Escape(setting.Split('=')[0])}(=.*)?$", "", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return $"""
            {own}
            userdb={_database}
            listening-ip=127.0.0.1
            relay-ip=127.0.0.1
            listening-port={Port}
            no-tls
            no-dtls
            allow-loopback-peers
            log-file=stdout
            pidfile={Path.Combine(_folder.Path, "pid")}
            {string.Join('\n', settings)}

            """;
    }

    private void Administer(string what)
    {
        using var admin = Start("turnadmin", what, $"--realm={Realm}", $"--userdb={_database}");
        admin.WaitForExit(Patience);
        if (admin.ExitCode != 0)
            throw new InvalidOperationException($"turnadmin has ended with {admin.ExitCode}.");
    }

    private Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (program is "turnserver")
        {
            process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
            process.BeginOutputReadLine();
        }

        return process;
    }

    [GeneratedRegex(@"^(userdb|listening-port|tls-listening-port|cert|pkey|syslog|denied-peer-ip=127\.).*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfTheMachine();
}
