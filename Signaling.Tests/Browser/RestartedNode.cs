using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway;

namespace Signaling.Tests.Browser;

/// <summary>A node that is killed, and comes back where it was.</summary>
internal sealed class RestartedNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private GatewayProcess? _process;

    private RestartedNode(int port)
    {
        Node = new DemoNode(new Uri($"http://localhost:{port}/demo/"));
        _folder.Write("config.json", $$"""
            {
              "httpConfig": {"port": {{port}}, "host": "127.0.0.1"},
              "apps": [
                {"name": "ChatApp", "path": "/chatapp"},
                {"name": "ConferenceApp", "path": "/conferenceapp", "address_sharing": true}
              ]
            }
            """);
    }

    public DemoNode Node { get; }

    public static async Task<RestartedNode> StartAsync()
    {
        var node = new RestartedNode(NodeProcess.FreePort());
        await node.StartAgainAsync();
        return node;
    }

    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    public async Task StartAgainAsync()
    {
        _process = GatewayProcess.Start(_folder.Path, ["--config", "config.json"]);
        await _process.WaitForLineAsync("listening on");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }
}
