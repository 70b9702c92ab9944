using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Signaling.Actors.Protocol;
using Signaling.Tests.Deploy;
using Signaling.Tests.Gateway;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Cluster;

/// <summary>The admin API of a cluster of three processes: any node answers for all.</summary>
[Collection(ThreeNodes.Collection)]
public sealed class AdminApiTests(ThreeNodes nodes) : IDisposable
{
    private const string App = "/conferenceapp";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpClient _client = new();
    private readonly string _address = Guid.NewGuid().ToString();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Any_node_tells_how_all_are()
    {
        // A young cluster's shards may still be on their way.
        await Eventually.BecomesAsync(async () => ShardsOf(await GetAsync(1, "/admin/nodes")).Length, shards => shards == 300, Patience);
        var view = await GetAsync(1, "/admin/nodes");

        Assert.Empty(view.GetProperty("silent").EnumerateArray());
        var all = view.GetProperty("nodes").EnumerateArray().ToArray();
        Assert.Equal(
            nodes.Processes.Select(node => $"127.0.0.1:{node.ClusterPort}").Order(StringComparer.Ordinal),
            all.Select(node => node.GetProperty("address").GetString()),
            StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, 300), ShardsOf(view));
        Assert.All(all, node =>
        {
            Assert.Equal(("Up", true, false), (node.GetProperty("status").GetString(), node.GetProperty("leaseHeld").GetBoolean(), node.GetProperty("draining").GetBoolean()));
            Assert.False(node.TryGetProperty("obstacle", out _));
            Assert.Equal(3, node.GetProperty("members").GetArrayLength());
            Assert.Contains(App, node.GetProperty("apps").EnumerateArray().Select(app => app.GetProperty("path").GetString()), StringComparer.Ordinal);
        });
    }

    [Fact]
    public async Task Who_holds_an_address_and_what_goes_over_its_links_is_seen_from_any_node()
    {
        await using var first = await TestPeer.ListenAsync(nodes.Processes[0].App(App), _address);
        await using var second = await TestPeer.ListenAsync(nodes.Processes[1].App(App), _address);
        await second.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        await first.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        await second.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, [1, 2, 3]));
        await first.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, 16384, [1, 2, 3]));

        var view = await GetAsync(2, $"/admin/address?app={App}&address={_address}");

        var holders = view.GetProperty("holders").EnumerateArray().ToArray();
        Assert.Equal(2, holders.Length);
        var links = holders.Select(holder => holder.GetProperty("links").EnumerateArray().Single()).ToArray();
        Assert.Equal(holders.Select(holder => holder.GetProperty("peer").GetString()).Reverse(), links.Select(link => link.GetProperty("other").GetString()), StringComparer.Ordinal);
        Assert.Equal([0, 1], links.Select(link => link.GetProperty("sent").GetProperty("messages").GetInt32()).Order());

        // The same is found page by page, under the same key.
        var key = view.GetProperty("key").GetString();
        var (found, after) = ((JsonElement?)null, "");
        while (found is null)
        {
            var page = await GetAsync(1, $"/admin/addresses?limit=1&after={after}");
            found = page.GetProperty("addresses").EnumerateArray().Cast<JsonElement?>().FirstOrDefault(one => string.Equals(one!.Value.GetProperty("key").GetString(), key, StringComparison.Ordinal));
            after = page.TryGetProperty("next", out var next) ? next.GetString()! : "~";
        }

        Assert.Equal(2, found.Value.GetProperty("holders").GetArrayLength());
    }

    [Fact]
    public async Task A_peer_is_disconnected_and_an_address_closed_from_any_node()
    {
        await using var first = await TestPeer.ListenAsync(nodes.Processes[0].App(App), _address);
        await using var second = await TestPeer.ListenAsync(nodes.Processes[1].App(App), _address);
        await second.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        await first.ExpectAsync(Frame.Of(EventType.NewConnection, 16384));
        var view = await GetAsync(0, $"/admin/address?app={App}&address={_address}");

        Assert.Equal(2, (await DoAsync(HttpMethod.Delete, 2, $"/admin/addresses/{view.GetProperty("key").GetString()}")).GetProperty("count").GetInt32());

        await first.ExpectAsync(Frame.Of(EventType.ServerClosed, FrameHeader.NoId), Frame.Of(EventType.Disconnected, 16384));
        Assert.Empty((await GetAsync(0, $"/admin/address?app={App}&address={_address}")).GetProperty("holders").EnumerateArray());

        var holder = view.GetProperty("holders").EnumerateArray().Single(one => one.GetProperty("node").GetString()!.EndsWith($":{nodes.Processes[0].ClusterPort}", StringComparison.Ordinal));
        var peer = holder.GetProperty("peer").GetString()!.Split(':');
        await DoAsync(HttpMethod.Delete, 2, $"/admin/peers/{peer[0]}/{peer[1]}");
        Assert.Equal((1008, "Disconnected by the operator"), await first.ExpectCloseAsync());
        await Eventually.BecomesAsync(
            async () =>
            {
                using var again = await _client.DeleteAsync(new Uri(nodes.Processes[2].Internal, $"/admin/peers/{peer[0]}/{peer[1]}"));
                return again.StatusCode;
            },
            status => status == HttpStatusCode.NotFound,
            Patience);
    }

    [Fact]
    public async Task A_node_is_held_back_and_taken_back_from_another()
    {
        var held = nodes.Processes[1];
        var uid = (await GetAsync(0, "/admin/nodes")).GetProperty("nodes").EnumerateArray()
            .Single(node => node.GetProperty("address").GetString()!.EndsWith($":{held.ClusterPort}", StringComparison.Ordinal)).GetProperty("uid").GetInt32();

        await DoAsync(HttpMethod.Post, 0, $"/admin/nodes/{uid}/hold");
        using var ready = await _client.GetAsync(new Uri(held.Internal, "/health/ready"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The node is held back by who runs the service.\n"), (ready.StatusCode, await ready.Content.ReadAsStringAsync()));
        await using (var peer = await TestPeer.ConnectAsync(held.App(App)))
            await peer.ExpectNothingAsync();

        await DoAsync(HttpMethod.Delete, 0, $"/admin/nodes/{uid}/hold");
        using var again = await _client.GetAsync(new Uri(held.Internal, "/health/ready"));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_node_is_drained_and_says_who_had_it_so()
    {
        await using var node = await NodeProcess.StartAsync();
        await using var peer = await TestPeer.ConnectAsync(node.App(App));
        var uid = (await _client.GetFromJsonAsync<JsonElement>(new Uri(node.Internal, "/admin/nodes"))).GetProperty("nodes")[0].GetProperty("uid").GetInt32();

        using var answer = await _client.PostAsync(new Uri(node.Internal, $"/admin/nodes/{uid}/drain"), content: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await node.WaitForLineAsync($"has begun to drain the node {uid}.");
        await Eventually.BecomesAsync(
            async () => (await _client.GetFromJsonAsync<JsonElement>(new Uri(node.Internal, "/admin/nodes"))).GetProperty("nodes")[0].GetProperty("draining").GetBoolean(),
            draining => draining,
            Patience);
    }

    [Fact]
    public async Task A_web_page_may_not_even_look()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nodes.Processes[0].Internal, "/admin/nodes"));
        request.Headers.Add("Origin", "http://evil.example");
        using var answer = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.StartsWith("You may not see how the nodes are: it comes from a web page.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_shows_it_in_columns_or_as_it_came_and_says_what_is_wrong()
    {
        await using var holder = await TestPeer.ListenAsync(nodes.Processes[0].App(App), _address);
        await using var caller = await TestPeer.ConnectAsync(nodes.Processes[1].App(App));
        await caller.SendAsync(Frame.Of(EventType.NewConnection, 1, "nobody's"));
        await caller.ExpectAsync(Frame.Of(EventType.ConnectionFailed, 1));

        var shown = await ControlAsync("nodes");
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        Assert.Equal(4, shown.Output.Split('\n').Length);
        Assert.Matches(@"^ADDRESS +UID +VERSION +STATUS .*READY\n(127\.0\.0\.1:[0-9]+ .* yes\n?){3}$", shown.Output);
        Assert.Contains($"{App} ", (await ControlAsync("apps")).Output, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"NobodyThere\"", (await GetAsync(2, "/admin/apps")).GetRawText(), StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{nodes.Processes[0].ClusterPort}", (await ControlAsync("address", App, _address)).Output, StringComparison.Ordinal);
        Assert.Contains("called, and no link came about: nobody listened at the address.\n\nTIME", (await ControlAsync("trace", App, "nobody's")).Output, StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse((await ControlAsync("nodes", "--json")).Output).RootElement.GetProperty("nodes").GetArrayLength());
        Assert.Equal((0, "done"), ((await ControlAsync("log-level", "Signaling.Nothing", "Debug")) is var set ? set.ExitCode : 0, set.Output));

        var gone = await ControlAsync("disconnect", "1:1");
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("(404): There is no such node, peer or address", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_described_as_OpenAPI_has_it()
    {
        var description = await GetAsync(0, "/admin/openapi.json");

        Assert.StartsWith("3.", description.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["/admin/address", "/admin/addresses", "/admin/addresses/{key}", "/admin/apps", "/admin/live", "/admin/log-level", "/admin/nodes", "/admin/nodes/{uid}/drain", "/admin/nodes/{uid}/hold", "/admin/peers/{node}/{number}", "/admin/trace"],
            description.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    private static int[] ShardsOf(JsonElement view) =>
        [.. view.GetProperty("nodes").EnumerateArray().SelectMany(node => node.GetProperty("shards").EnumerateArray().Select(shard => shard.GetInt32())).Order()];

    private async Task<(int ExitCode, string Output, string Error)> ControlAsync(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        return await GatewayRun.ToItsEndAsync(folder.Path, ["ctl", .. arguments, "--at", $"{nodes.Processes[2].Internal}"]);
    }

    private Task<JsonElement> GetAsync(int node, string path) => _client.GetFromJsonAsync<JsonElement>(new Uri(nodes.Processes[node].Internal, path));

    private async Task<JsonElement> DoAsync(HttpMethod method, int node, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(nodes.Processes[node].Internal, path));
        using var answer = await _client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
