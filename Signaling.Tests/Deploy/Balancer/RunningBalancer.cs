using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Signaling.Tests.Faults;
using Signaling.Tests.Gateway;
using Signaling.Tests.Gateway.Certificates;
using Signaling.Tests.Peers;

namespace Signaling.Tests.Deploy.Balancer;

/// <summary>A real balancer with its file of <c>deploy/</c>, before the nodes, with http and https.</summary>
internal sealed class RunningBalancer : IAsyncDisposable
{
    /// <summary>The file for one port before the service and coturn.</summary>
    public const string Port443 = "port443";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();
    // Beside the folder: into that HAProxy, which is not root any more when it connects, has no way.
    private readonly string _socket = Path.Combine(Path.GetTempPath(), $"haproxy-{Guid.NewGuid():N}.sock");

    private readonly ConcurrentQueue<string> _log = [];
    private readonly Process _process;

    private RunningBalancer(string name, BalancedNodes nodes, bool asksSeldom, int turnPort)
    {
        _process = name switch
        {
            "haproxy" => Start("haproxy", "-db", "-f", HaProxyFile(nodes, asksSeldom)),
            Port443 => Start("haproxy", "-db", "-f", Port443File(nodes, turnPort)),
            "nginx" => Start("nginx", "-e", "stderr", "-g", "daemon off;", "-c", NginxFile(nodes)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such folder in deploy/."),
        };
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public int Port { get; } = Ports.Take();

    public int TlsPort { get; } = Ports.Take();

    /// <summary>What it has said.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>What it has written about requests.</summary>
    public string AccessLog => File.Exists(NginxLog) ? File.ReadAllText(NginxLog) : Log;

    public Uri Http => new($"http://127.0.0.1:{Port}");

    private string NginxLog => Path.Combine(_folder.Path, "access.log");

    /// <summary>Starts it, and waits until it passes on what comes.</summary>
    /// <param name="name">Its folder in <c>deploy/</c>.</param>
    /// <param name="nodes">The nodes that it stands before.</param>
    /// <param name="asksSeldom">Whether it asks the nodes only each minute whether they are ready.</param>
    /// <param name="turnPort">For <see cref="Port443"/>: where coturn lets proxies in.</param>
    public static async Task<RunningBalancer> StartAsync(string name, BalancedNodes nodes, bool asksSeldom = false, int turnPort = 0)
    {
        var balancer = new RunningBalancer(name, nodes, asksSeldom, turnPort);
        try
        {
            await Eventually.BecomesAsync(balancer.AnswerAsync, answer => answer is "101", Patience);
            return balancer;
        }
        catch
        {
            await balancer.DisposeAsync();
            throw;
        }
    }

    public Uri App(string path) => new($"ws://127.0.0.1:{Port}{path}");

    public Uri SecureApp(string path) => new($"wss://localhost:{TlsPort}{path}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_socket);
        _folder.Dispose();
    }

    private static string Address(NodePlan node) => string.Create(CultureInfo.InvariantCulture, $"{node.Host}:{node.HttpPort}");

    private static Process Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"These tests need {program}: apt-get install {program} on Debian.", e);
        }
    }

    private async Task<string> AnswerAsync()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"The balancer has ended: {Log}");
        try
        {
            return (await Handshake.AskAsync(Http)).Status;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return $"{e.Message} {Log}";
        }
    }

    private string HaProxyFile(BalancedNodes nodes, bool asksSeldom)
    {
        var certificates = new TestCertificates();
        _folder.Write("certs/signaling.pem", certificates.ChainPem + certificates.KeyPem);
        var file = new DeployedFile("deploy/haproxy/haproxy.cfg")
            .Change("bind 0.0.0.0:80 ", $"bind 127.0.0.1:{Port} ")
            .Change("bind [::]:80 ", $"bind [::1]:{Port} ")
            .Change("bind 0.0.0.0:443 ", $"bind 127.0.0.1:{TlsPort} ")
            .Change("bind [::]:443 ", $"bind [::1]:{TlsPort} ")
            .Change("/etc/haproxy/certs", Path.Combine(_folder.Path, "certs"));
        foreach (var node in nodes.All.Select(node => node.Plan))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"node{node.Number + 1}");
            file.Change($" {name}:8080 port 9000", string.Create(CultureInfo.InvariantCulture, $" {Address(node)} port {node.InternalPort}"));
        }

        if (asksSeldom)
            file.Change("inter 1s fastinter 500ms", "inter 1m");
        return _folder.Write("haproxy.cfg", file.Text);
    }

    private string Port443File(BalancedNodes nodes, int turnPort)
    {
        var certificates = new TestCertificates();
        _folder.Write("certs/both.pem", certificates.ChainPem + certificates.KeyPem);
        return _folder.Write(
            "port443.cfg",
            new DeployedFile("deploy/haproxy/port443.cfg")
                .Change("bind 0.0.0.0:80 ", $"bind 127.0.0.1:{Port} ")
                .Change("bind [::]:80 ", $"bind [::1]:{Port} ")
                .Change("bind 0.0.0.0:443 ", $"bind 127.0.0.1:{TlsPort} ")
                .Change("bind [::]:443 ", $"bind [::1]:{TlsPort} ")
                .Change("/etc/haproxy/certs", Path.Combine(_folder.Path, "certs"))
                .Change("/run/haproxy-peers.sock", _socket)
                .Change("127.0.0.1:3480", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{turnPort}"))
                .Change("127.0.0.1:8080", Address(nodes.All[0].Plan))
                .Text);
    }

    private string NginxFile(BalancedNodes nodes)
    {
        var certificates = new TestCertificates();
        _folder.Write("certs/signaling.crt", certificates.ChainPem);
        _folder.Write("certs/signaling.key", certificates.KeyPem);
        var file = new DeployedFile("deploy/nginx/nginx.conf")
            .Change("listen 80;", $"listen 127.0.0.1:{Port};")
            .Change("listen [::]:80;", $"listen [::1]:{Port};")
            .Change("listen 443 ssl;", $"listen 127.0.0.1:{TlsPort} ssl;")
            .Change("listen [::]:443 ssl;", $"listen [::1]:{TlsPort} ssl;")
            .Change("/etc/nginx/certs", Path.Combine(_folder.Path, "certs"))
            .Change("/run/nginx.pid", Path.Combine(_folder.Path, "nginx.pid"))
            .Change("/var/log/nginx", _folder.Path);
        foreach (var node in nodes.All.Select(node => node.Plan))
            file.Change(string.Create(CultureInfo.InvariantCulture, $"server 10.0.0.{node.Number + 1}:8080 "), $"server {Address(node)} ");
        return _folder.Write("nginx.conf", file.Text);
    }
}
