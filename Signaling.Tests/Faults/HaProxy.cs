using System.Diagnostics;
using System.Globalization;
using Signaling.Tests.Gateway;

namespace Signaling.Tests.Faults;

/// <summary>
/// A real HAProxy before the nodes of a cluster, as one would run it: it asks each node whether it is ready, sends new
/// sockets to the one with the fewest, tries another where one refuses, and leaves open sockets alone.
/// </summary>
internal sealed class HaProxy : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Ports.Take();
    private readonly int _statisticsPort = Ports.Take();
    private readonly Process _process;

    private HaProxy(IEnumerable<NodePlan> nodes)
    {
        var path = _folder.Write("haproxy.cfg", Configuration(nodes));
        var start = new ProcessStartInfo("haproxy", ["-db", "-f", path]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("These tests need haproxy: apt-get install haproxy on Debian.", e);
        }

        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Log += line.Data + '\n';
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>What it has said.</summary>
    public string Log { get; private set; } = "";

    public Uri App(string path) => new($"ws://127.0.0.1:{_port}{path}");

    public static HaProxy Start(IEnumerable<NodePlan> nodes) => new(nodes);

    /// <summary>Waits until it sends sockets to these nodes and no others.</summary>
    public async Task WaitUntilUpAsync(IEnumerable<int> nodes)
    {
        string[] wanted = [.. nodes.Order().Select(node => $"node{node}")];
        var start = Stopwatch.GetTimestamp();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var up = await UpAsync();
            if (wanted.SequenceEqual(up, StringComparer.Ordinal))
                return;
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > Patience)
                throw new InvalidOperationException($"HAProxy does not send sockets to {string.Join(", ", wanted)}: {Log}");
            await again.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private string Configuration(IEnumerable<NodePlan> nodes) => string.Create(CultureInfo.InvariantCulture, $"""
        global
          maxconn 4000

        defaults
          mode http
          timeout connect 1s
          timeout client 1m
          timeout server 15s
          timeout tunnel 1h
          timeout check 1s
          option redispatch 1
          retries 3
          retry-on conn-failure empty-response 503

        frontend peers
          bind 127.0.0.1:{_port}
          default_backend nodes

        backend nodes
          balance leastconn
          option httpchk GET /health/ready
          http-check expect status 200
          default-server check inter 500ms fastinter 200ms fall 2 rise 1
        {string.Concat(nodes.Select(node => $"  server node{node.Number} {node.Host}:{node.HttpPort} port {node.InternalPort}\n"))}
        frontend statistics
          bind 127.0.0.1:{_statisticsPort}
          stats enable
          stats uri /

        """);

    // The servers of the backend that take sockets.
    private async Task<string[]> UpAsync()
    {
        try
        {
            var lines = (await Http.GetStringAsync(new Uri($"http://127.0.0.1:{_statisticsPort}/;csv"))).Split('\n');
            var status = Array.IndexOf(lines[0].Split(','), "status");
            return
            [
                .. lines.Skip(1).Select(line => line.Split(','))
                    .Where(cells => cells is ["nodes", not "BACKEND", ..] && cells[status].StartsWith("UP", StringComparison.Ordinal))
                    .Select(cells => cells[1]).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return [];
        }
    }
}
