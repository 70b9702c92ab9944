using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Admin;
using Signaling.Tests.Cluster;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Browser;

/// <summary>The dashboard of a cluster of three, while peers come and go, one is thrown out, and a node is killed.</summary>
[Collection(BrowserTests.Name)]
public sealed class DashboardTests(Chromium chromium, DashboardTests.Nodes nodes) : IClassFixture<DashboardTests.Nodes>, IAsyncLifetime
{
    private const string App = "/callapp";
    private IBrowserContext? _context;

    private IReadOnlyList<NodeProcess> All => nodes.All;

    public async Task InitializeAsync() => _context = await chromium.NewContextAsync();

    public async Task DisposeAsync() => await _context!.CloseAsync();

    [Fact]
    public async Task It_shows_the_cluster_live_explains_a_call_and_acts_for_who_has_the_token()
    {
        var page = await DashboardPage.OpenAsync(_context!, All[0].Internal);
        await page.ShowsTotalAsync("Nodes", "3");
        await using var holder = await TestPeer.ListenAsync(AppOf(1), "room");
        await using var caller = await TestPeer.ConnectAsync(AppOf(2));
        await caller.SendAsync(Frame.Of(EventType.NewConnection, 1, "room"));
        await caller.ExpectAsync(Frame.Of(EventType.NewConnection, 1));
        await caller.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 1, [1, 2, 3]));
        await caller.SendAsync(Frame.Of(EventType.NewConnection, 2, "nobody's"));
        await caller.ExpectAsync(Frame.Of(EventType.ConnectionFailed, 2));

        await page.ShowsTotalAsync("Sockets", "2");
        await page.ShowsTotalAsync("Addresses", "1");
        await page.ShowsTotalAsync("Ends of links", "2");
        await page.HasPlotAsync("messageRate", App);
        await page.HasPlotAsync("failureRate", App);
        await page.SaysOfAppAsync(App, "Failed: nobody there1");
        await page.HasPlotAsync("sockets", AddressOf(1));
        foreach (var node in Enumerable.Range(0, 3))
            await page.HasNodeAsync(AddressOf(node), "ready");

        await ExplainsAsync(page);
        await ActsAsync(page);
        await holder.ExpectAsync(Frame.Of(EventType.NewConnection, 16384), Frame.Of(EventType.ReliableMessageReceived, 16384, [1, 2, 3]));
        Assert.Equal((1008, "Disconnected by the operator"), await holder.ExpectCloseAsync());
        await page.ShowsTotalAsync("Sockets", "1");

        All[2].Kill();
        await page.HasNodeAsync(AddressOf(2), "silent");
        await page.ShowsTotalAsync("Nodes", "2, 1 silent");
        await page.ShowsTotalAsync("Sockets", "0");
        await using var another = await TestPeer.ConnectAsync(AppOf(1));
        await page.ShowsTotalAsync("Sockets", "1");
        await page.HasNodeAsync(AddressOf(1), "ready");
        await PicturesAsync(page);
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task It_is_on_the_internal_listener_alone_and_for_pages_of_its_own_alone()
    {
        using var client = new HttpClient();
        foreach (var path in (string[])["/dashboard/", "/dashboard/index.html", "/dashboard/dashboard.js", "/wwwroot-internal/dashboard/index.html", "/../wwwroot-internal/dashboard/index.html"])
        {
            using var answer = await client.GetAsync(new Uri(All[0].Http, path));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var page = await client.GetAsync(new Uri(All[0].Internal, "/dashboard/"));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.StartsWith("default-src 'none'; script-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

        // Another page in a browser of this machine, which asks as pages ask for images: that has no origin.
        var other = await _context!.NewPageAsync();
        var refused = await other.RunAndWaitForResponseAsync(
            () => other.EvaluateAsync("url => { new Image().src = url; }", new Uri(All[0].Internal, "/admin/live").AbsoluteUri),
            answer => answer.Url.EndsWith("/admin/live", StringComparison.Ordinal));
        Assert.Equal((int)HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task It_shows_what_is_wrong_with_a_node_and_which_are_gone()
    {
        const string Hostile = "<img src=x onerror=alert(1)>";
        var now = DateTimeOffset.UnixEpoch.AddYears(60);
        var views = new LiveView[]
        {
            new(now, 300, [Node(Hostile, messages: 0), Node("sick", messages: 500, obstacle: "The node drains.", draining: true, daysLeft: 5)], []),
            new(now.AddSeconds(2), 300, [Node("sick", messages: 2500, obstacle: "The node drains.", draining: true, daysLeft: 5)], ["mute"]),
        };
        await _context!.RouteAsync("**/admin/live", route => route.FulfillAsync(new()
        {
            ContentType = "text/event-stream",
            Body = string.Concat(views.Select(view => $"data: {JsonSerializer.Serialize(view, JsonSerializerOptions.Web)}\n\n")),
        }));

        var page = await DashboardPage.OpenAsync(_context, All[0].Internal);

        await page.HasNodeAsync(Hostile, "gone");
        await page.HasNodeAsync("mute", "silent");
        await page.HasNodeAsync("sick", "unready");
        foreach (var words in (string[])["drains", "The node drains.", "Certificate, nodes", "5 days", "Shards 2 of 300"])
            await page.SaysOfNodeAsync("sick", words);
        await page.ShowsTotalAsync("Nodes", "1, 1 silent");
        await page.ShowsTotalAsync("Messages/s", "1,000");
        await page.HasPlotAsync("messageRate", App);
        await page.SaysOfAppAsync(App, "Failed: node lost3");
        await page.SaysOfAppAsync(App, "Failed: News1");
        await page.IsLiveAsync("lost");
        await page.KeepPictureAsync("sick");
        Assert.Empty(page.Errors);
    }

    private static NodeReport Node(string address, long messages, string? obstacle = null, bool draining = false, int daysLeft = 100) => new(
        Uid: 1,
        address,
        Version: "1.2.3",
        Status: "Up",
        obstacle,
        LeaseHeld: true,
        draining,
        HeldBack: false,
        Sockets: 3,
        Reservations: 2,
        Shards: [1, 2],
        Members: [1],
        Apps: [new AppReport(App, Addresses: 2, LinkEnds: 2, messages, Bytes: messages * 100, [new FailureReport("NodeLost", 3), new FailureReport("News", 1)])],
        Certificates: [new CertificateReport("nodes", TimeProvider.System.GetUtcNow().AddDays(daysLeft + 0.5))],
        new LimitReport(null, null, null, null, null, null, null, null, null, null),
        UptimeSeconds: 90_000,
        MemoryBytes: 200 << 20);

    private static async Task PicturesAsync(DashboardPage page)
    {
        foreach (var (name, width, scheme) in ((string, int, ColorScheme)[])[("wide", 1280, ColorScheme.Light), ("wide-dark", 1280, ColorScheme.Dark), ("phone", 360, ColorScheme.Light), ("phone-dark", 360, ColorScheme.Dark)])
        {
            await page.LookAsync(width, scheme);
            Assert.Equal(0, await page.OverhangAsync());
            await page.KeepPictureAsync(name);
        }
    }

    private async Task ExplainsAsync(DashboardPage page)
    {
        await page.ExplainAsync(App, "nobody's");
        await page.HasVerdictAsync("called, and no link came about: nobody listened at the address");
        await page.ExplainAsync(App, "room");
        await page.HasVerdictAsync("Nothing has gone wrong here");
        await page.HasStepAsync("listens at the address");
        await using var refused = await TestPeer.ConnectAsync(All[1].App(App).WithToken("bad"));
        Assert.Equal((1008, "Invalid token"), await refused.ExpectCloseAsync());
        await page.SaysOfNodeAsync(AddressOf(1), "Refused sockets1");
    }

    private async Task ActsAsync(DashboardPage page)
    {
        var key = AddressKey.Of(App, "room");
        await page.ShowAddressesAsync();
        await page.ShowLinksAsync(key);
        await page.SaysOfAddressAsync(key, "0 messages sent, 1 received");
        await page.DisconnectAsync(key);
        await page.ShowsErrorAsync("You may not disconnect a peer: a web page takes the admin token for that.");
        await page.UseTokenAsync("guess");
        await page.IsLiveAsync("lost");
        await page.UseTokenAsync(TokenApi.AdminToken);
        await page.IsLiveAsync("live");
        await page.ClickAtNodeAsync(AddressOf(2), "Hold back");
        await page.SaysOfNodeAsync(AddressOf(2), "held back");
        await page.HasNodeAsync(AddressOf(2), "unready");
        await page.ClickAtNodeAsync(AddressOf(2), "Take back");
        await page.HasNodeAsync(AddressOf(2), "ready");
        await page.DisconnectAsync(key);
        await page.SaysAsync("is disconnected.");
    }

    private Uri AppOf(int node) => All[node].App(App).WithToken("good");

    private string AddressOf(int node) => $"127.0.0.1:{All[node].ClusterPort}";

    /// <summary>Three nodes that are there for these tests.</summary>
    public sealed class Nodes : IAsyncLifetime
    {
        private const string Settings = $"\"adminToken\": \"{TokenApi.AdminToken}\",";
        private readonly List<NodeProcess> _nodes = [];

        internal IReadOnlyList<NodeProcess> All => _nodes;

        public async Task InitializeAsync()
        {
            _nodes.Add(await NodeProcess.StartAsync(seed: null, Settings));
            _nodes.AddRange(await Task.WhenAll(NodeProcess.StartAsync(_nodes[0], Settings), NodeProcess.StartAsync(_nodes[0], Settings)));
            await TokenApi.RegisterAsync(_nodes[0].Http, "good", 3600);
        }

        public async Task DisposeAsync()
        {
            foreach (var node in _nodes)
                await node.DisposeAsync();
        }
    }
}
