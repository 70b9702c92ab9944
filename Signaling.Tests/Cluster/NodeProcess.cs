using System.Net;
using System.Net.Sockets;
using Signaling.Tests.Gateway;

namespace Signaling.Tests.Cluster;

/// <summary>A node as users run it: a process of its own, with the original's default apps, on free ports.</summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GatewayProcess _process;
    private readonly int _httpPort;

    private NodeProcess(string program, NodeProcess? seed, string settings, (string Name, string Value)[] environment)
    {
        var internalPort = FreePort();
        Internal = new Uri($"http://127.0.0.1:{internalPort}");
        _httpPort = FreePort();
        ClusterPort = FreePort();
        _folder.Write("config.json", $$"""
            {
              "httpConfig": {"port": {{_httpPort}}, "host": "127.0.0.1"},
              {{settings}}
              "maxPayload": 1048576,
              "apps": [
                {"name": "Test", "path": "/"},
                {"name": "ChatApp", "path": "/chatapp"},
                {"name": "CallApp", "path": "/callapp"},
                {"name": "ConferenceApp", "path": "/conferenceapp", "address_sharing": true},
                {"name": "AutomatedTest", "path": "/test"},
                {"name": "AutomatedTestShared", "path": "/testshared", "address_sharing": true}
              ]
            }
            """);
        string[] cluster = ["--profile", "static", "--cluster-host", "127.0.0.1", "--cluster-port", $"{ClusterPort}"];
        string[] seeds = seed is null ? [] : ["--cluster-seeds", $"127.0.0.1:{seed.ClusterPort}"];
        _process = GatewayProcess.StartProgram(
            program,
            _folder.Path,
            [.. cluster, .. seeds],
            [("SIGNALING__INTERNAL__PORT", $"{internalPort}"), ("SIGNALING__DRAIN__NOTICE", "00:00:00"), .. environment]);
    }

    public Uri WebSocket => new($"ws://127.0.0.1:{_httpPort}");

    public Uri Http => new($"http://127.0.0.1:{_httpPort}");

    /// <summary>Where it tells its health and its state.</summary>
    public Uri Internal { get; }

    public int Id => _process.Id;

    /// <summary>Where it listens for other nodes.</summary>
    public int ClusterPort { get; }

    /// <summary>The lines of its log up to the one that says that it serves.</summary>
    public IReadOnlyList<string> StartLog { get; private set; } = [];

    /// <summary>Starts a node and waits until it serves.</summary>
    /// <param name="seed">The node whose cluster it joins; null for a cluster of its own.</param>
    /// <param name="settings">Lines of its <c>config.json</c>, each with its comma.</param>
    /// <param name="environment">Its environment's variables. Unless they say otherwise it stops without notice.</param>
    public static Task<NodeProcess> StartAsync(
        NodeProcess? seed = null, string settings = "", params (string Name, string Value)[] environment) =>
        StartProgramAsync(GatewayProcess.CurrentProgram, seed, settings, environment);

    /// <summary>Starts a node of another build and waits until it serves.</summary>
    /// <param name="program">Its <c>Signaling.Gateway.dll</c>.</param>
    /// <param name="seed">As above.</param>
    /// <param name="settings">As above.</param>
    /// <param name="environment">As above.</param>
    public static async Task<NodeProcess> StartProgramAsync(
        string program, NodeProcess? seed, string settings = "", params (string Name, string Value)[] environment)
    {
        var node = new NodeProcess(program, seed, settings, environment);
        node.StartLog = await node._process.ReadUntilAsync("listening on");
        return node;
    }

    /// <summary>Waits for a line of its log.</summary>
    public Task<string> WaitForLineAsync(string text) => _process.WaitForLineAsync(text);

    /// <summary>The lines of its log that were not yet read, up to one that has a text in it.</summary>
    public Task<IReadOnlyList<string>> ReadUntilAsync(string text) => _process.ReadUntilAsync(text);

    public Uri App(string path) => new(WebSocket, path);

    /// <summary>Sends it a signal, such as TERM.</summary>
    public Task SignalAsync(string name) => _process.SignalAsync(name);

    /// <summary>Ends it without a word.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for its end and returns all of its log that was not yet read.</summary>
    public Task<(int ExitCode, string Output, string Error)> WaitForExitAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
