using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Signaling.Tests.Gateway;

namespace Signaling.Tests.Faults;

/// <summary>One place of a cluster: a process that can end and be started again on the same ports.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(2) };

    private readonly TemporaryFolder _folder = new();
    private readonly NodePlan _plan;
    private readonly ConcurrentQueue<int> _exitCodes = [];
    private readonly ConcurrentQueue<string> _log = [];
    private GatewayProcess? _process;

    public ClusterNode(NodePlan plan)
    {
        _plan = plan;
        _folder.Write("config.json", $$"""
            {
              "httpConfig": {"port": {{plan.HttpPort}}, "host": "{{plan.Host}}"},
              "log_verbose": {{(plan.LogVerbose ? "true" : "false")}},
              "maxPayload": 1048576,
              "apps": [
                {"name": "CallApp", "path": "/callapp"},
                {"name": "ConferenceApp", "path": "/conferenceapp", "address_sharing": true}
              ]
            }
            """);
    }

    public int Number => _plan.Number;

    public NodePlan Plan => _plan;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Its process' id; only this process is ever signalled.</summary>
    public int Process => _process?.Id ?? throw new InvalidOperationException($"Node {Number} was not started.");

    /// <summary>The exit code of each of its processes that has ended.</summary>
    public IReadOnlyCollection<int> ExitCodes => _exitCodes;

    /// <summary>Its log so far, over all its processes.</summary>
    public IReadOnlyCollection<string> Log => _log.ToArray();

    /// <summary>What its processes have in memory.</summary>
    public long Memory
    {
        get
        {
            var status = File.ReadLines($"/proc/{Process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(status.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>Whether it is started again when it ends.</summary>
    public bool IsSupervised { get; set; }

    public Uri App(string path) => new($"ws://{_plan.Host}:{_plan.HttpPort}{path}");

    /// <summary>Starts its process, which does not serve yet when this returns.</summary>
    public void Start()
    {
        if (IsRunning)
            throw new InvalidOperationException($"Node {Number} runs.");
        string[] arguments =
        [
            "--profile", "static", "--cluster-host", _plan.Host, "--cluster-port", Text(_plan.ClusterPort),
            "--cluster-seeds", string.Join(',', _plan.Seeds),
        ];
        _process = GatewayProcess.Start(_folder.Path, arguments, _plan.Before, _log.Enqueue, _plan.Environment);
    }

    /// <summary>Waits for its process' end.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan patience)
    {
        var code = await _process!.WaitForExitCodeAsync(patience);
        _exitCodes.Enqueue(code);
        return code;
    }

    /// <summary>Waits until it serves.</summary>
    public async Task WaitUntilReadyAsync(TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await IsReadyAsync())
        {
            if (Stopwatch.GetElapsedTime(start) > patience || !(IsRunning || IsSupervised))
            {
                throw new InvalidOperationException(
                    $"Node {Number} {(IsRunning ? "is not ready" : "has ended")} after {patience.TotalSeconds} s. Its log:\n{string.Join('\n', Log.TakeLast(30))}");
            }

            await again.WaitForNextTickAsync();
        }
    }

    public async Task<bool> IsReadyAsync() => await GetAsync("/health/ready") is { StatusCode: HttpStatusCode.OK };

    /// <summary>What it says of itself; null where it does not answer.</summary>
    public async Task<NodeView?> ViewAsync() =>
        await GetAsync("/node") is { StatusCode: HttpStatusCode.OK, Text: var text } ? NodeView.Read(text) : null;

    public void Send(Signal signal) => Signals.Send(Process, signal);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task<(HttpStatusCode StatusCode, string Text)?> GetAsync(string path)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"http://{_plan.Host}:{_plan.InternalPort}{path}"));
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}
