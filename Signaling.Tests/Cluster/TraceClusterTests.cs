using System.Net.Http.Json;
using System.Text.Json;
using Signaling.Actors.Protocol;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Cluster;

/// <summary>Why did this call fail? Any node tells it of all.</summary>
public sealed class TraceClusterTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string App = "/callapp";
    private const string Settings = $"\"adminToken\": \"{TokenApi.AdminToken}\",";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _client = new();
    private readonly List<NodeProcess> _nodes = [];

    public async Task InitializeAsync()
    {
        _nodes.Add(await NodeProcess.StartAsync(seed: null, Settings));
        _nodes.Add(await NodeProcess.StartAsync(_nodes[0], Settings));
        _nodes.Add(await NodeProcess.StartAsync(_nodes[0], Settings));
        await TokenApi.RegisterAsync(_nodes[0].Http, "good", 3600);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task A_call_that_has_failed_is_explained_in_a_sentence()
    {
        await using var caller = await ConnectAsync(1);
        await caller.SendAsync(Frame.Of(EventType.NewConnection, 1, "nobody's"));
        await caller.ExpectAsync(Frame.Of(EventType.ConnectionFailed, 1));
        await ExplainsAsync("nobody's", "called, and no link came about: nobody listened at the address");

        await using var holder = await TestPeer.ListenAsync(AppOf(0), "taken");
        await caller.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, "taken"));
        await caller.ExpectAsync(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, "taken"));
        await ExplainsAsync("taken", $"asked for the address and did not get it: peer * at 127.0.0.1:{_nodes[0].ClusterPort} held it");

        await using var refused = await TestPeer.ConnectAsync(_nodes[1].App(App).WithToken("bad"));
        Assert.Equal((1008, "Invalid token"), await refused.ExpectCloseAsync());
        await ExplainsAsync("meant by the refused", "A socket of this app was refused: Invalid token (127.0.0.1)");

        await caller.SendAsync(Frame.Of(EventType.NewConnection, 2, "taken"));
        await caller.ExpectAsync(Frame.Of(EventType.NewConnection, 2));
        await holder.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        await caller.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 2, [1, 2, 3]));
        await holder.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, [1, 2, 3]));
        await holder.CloseAsync();
        await caller.ExpectAsync(Frame.Of(EventType.Disconnected, 2));
        await ExplainsAsync("taken", $"lost its link to peer * at 127.0.0.1:{_nodes[0].ClusterPort}, who closed it or was gone, after 1 messages to it and 0 from it");
        Assert.Contains("closed by the peer with 1000", (await TraceAsync("taken")).GetRawText(), StringComparison.Ordinal);

        await using var lost = await TestPeer.ListenAsync(AppOf(2), "lost");
        await caller.SendAsync(Frame.Of(EventType.NewConnection, 3, "lost"));
        await caller.ExpectAsync(Frame.Of(EventType.NewConnection, 3));
        _nodes[2].Kill();
        await caller.ExpectAsync(Frame.Of(EventType.Disconnected, 3));
        await ExplainsAsync("lost", "lost its link to peer *, whose node was lost");
    }

    private Uri AppOf(int node) => _nodes[node].App(App).WithToken("good");

    private Task<TestPeer> ConnectAsync(int node) => TestPeer.ConnectAsync(AppOf(node));

    private async Task ExplainsAsync(string address, string words)
    {
        var parts = words.Split('*');
        await Eventually.BecomesAsync(
            async () => (await TraceAsync(address)).TryGetProperty("verdict", out var verdict) ? verdict.GetString()! : "",
            verdict => parts.All(part => verdict.Contains(part, StringComparison.Ordinal)),
            Patience);
        output.WriteLine((await TraceAsync(address)).GetRawText());
    }

    // Of a node that is none of those that the peers are at, where there is one.
    private Task<JsonElement> TraceAsync(string address) =>
        _client.GetFromJsonAsync<JsonElement>(new Uri(_nodes[0].Internal, $"/admin/trace?app={App}&address={Uri.EscapeDataString(address)}"));
}
