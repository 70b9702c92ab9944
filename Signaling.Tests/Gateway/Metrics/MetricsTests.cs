using System.Net;
using System.Net.WebSockets;
using System.Text;
using Signaling.Actors.Protocol;
using Signaling.Gateway;
using Signaling.Tests.Cluster;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Metrics;

/// <summary>The figures of a node, as Prometheus reads them.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // What Prometheus 3 asks for.
    private const string OpenMetricsFirst =
        "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5," +
        "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private readonly HttpClient _client = new();
    private NodeProcess _node = null!;

    public async Task InitializeAsync() => _node = await NodeProcess.StartAsync(
        environment:
        [
            ("SIGNALING__DRAIN__TIME", "00:10:00"), ("SIGNALING__DRAIN__CLOSEWINDOW", "00:00:01"),

            // Which every message reaches.
            ("SIGNALING__LIMITS__BYTESPERSECOND", "10000000"), ("SIGNALING__LIMITS__BYTEBURST", "1"),
        ]);

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Each_figure_of_the_service_has_its_name_type_and_labels_and_says_what_it_is()
    {
        await RefuseAndIgnoreAsync();

        var figures = await ReadAsync(_node);

        var ours = figures.Families.Where(family => family.Name.StartsWith("signaling_", StringComparison.Ordinal));
        Assert.Equal(
            """
            signaling_addresses_held: gauge app
            signaling_cluster_members: gauge
            signaling_cluster_unreachable: gauge
            signaling_limits_reached_total: counter limit
            signaling_links_open: gauge app
            signaling_messages_ignored_total: counter reason
            signaling_node_draining: gauge
            signaling_node_ready: gauge
            signaling_relay_bytes_total: counter app,way
            signaling_relay_messages_total: counter app,way
            signaling_sockets_open: gauge
            signaling_sockets_refused_total: counter reason
            """,
            string.Join('\n', ours.Select(family => $"{family.Name}: {family.Type} {family.Labels}".Trim()).Order(StringComparer.Ordinal)));
        Assert.All(figures.Families, family => Assert.False(string.IsNullOrWhiteSpace(family.Help), $"{family.Name} does not say what it is."));
    }

    [Fact]
    public async Task Nothing_comes_along_but_the_figures_of_the_runtime_and_who_tells_them()
    {
        await RefuseAndIgnoreAsync();

        var figures = await ReadAsync(_node);

        Assert.Equal(
            "dotnet signaling target",
            string.Join(' ', figures.Families.Select(family => family.Name.Split('_')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
        Assert.Equal(1, figures.Value("target_info", $"service_name=signaling,service_version={typeof(SignalingExtensions).Assembly.GetName().Version!.ToString(3)}"));
        Assert.All(figures.Families, family => Assert.DoesNotContain("otel", family.Labels, StringComparison.Ordinal));
        Assert.True(figures.Value("dotnet_process_memory_working_set_bytes") > 10_000_000);
        Assert.True(figures.Value("dotnet_process_cpu_time_seconds_total", "cpu_mode=user") > 0);
    }

    [Fact]
    public async Task What_a_node_has_is_told_from_its_start_on()
    {
        await UntilReadyAsync();

        var figures = await ReadAsync(_node);

        Assert.Equal(
            (0d, 0d, 1d, 0d),
            (figures.Value("signaling_sockets_open"), figures.Value("signaling_node_draining"), figures.Value("signaling_cluster_members"), figures.Value("signaling_cluster_unreachable")));
    }

    [Fact]
    public async Task Sockets_and_what_is_refused_and_ignored_are_counted_by_reasons_that_no_peer_can_add_to()
    {
        await using var open = await TestPeer.ConnectAsync(_node.App("/test"));
        await open.ExpectNothingAsync();
        await RefuseAndIgnoreAsync();

        await Eventually.BecomesAsync(async () => (await ReadAsync(_node)).Value("signaling_sockets_open"), one => one is 1, Patience);
        var figures = await ReadAsync(_node);

        Assert.Single(figures.Families.Single(family => family.Name is "signaling_sockets_refused_total").Samples);
        Assert.Equal(2, figures.Value("signaling_sockets_refused_total", "reason=Unknown app"));
        Assert.Equal(1, figures.Value("signaling_messages_ignored_total", "reason=Text"));
    }

    [Fact]
    public async Task What_peers_ask_for_and_say_is_counted_by_app()
    {
        await using (var call = await Call.OpenAsync(_node.App("/callapp"), _node.App("/callapp"), "room"))
        {
            var during = await ReadAsync(_node);
            Assert.Equal(1, during.Value("signaling_addresses_held", "app=/callapp"));
            Assert.Equal(2, during.Value("signaling_links_open", "app=/callapp"));
            Assert.Equal(0, during.Value("signaling_links_open", "app=/chatapp"));
        }

        await Eventually.BecomesAsync(async () => (await ReadAsync(_node)).Value("signaling_links_open", "app=/callapp"), links => links is 0, Patience);
        var figures = await ReadAsync(_node);
        Assert.Equal(0, figures.Value("signaling_addresses_held", "app=/callapp"));
        Assert.Equal(1, figures.Value("signaling_requests_answered_total", "app=/callapp,outcome=granted,request=listen"));
        Assert.Equal(1, figures.Value("signaling_requests_answered_total", "app=/callapp,outcome=granted,request=connect"));
        Assert.True(figures.Value("signaling_relay_messages_total", "app=/callapp,way=SameNode") >= 0);
        Assert.Equal(2, figures.Families.Single(family => family.Name is "signaling_links_closed_total").Samples.Sum(sample => sample.Value));
    }

    [Fact]
    public async Task A_drain_shows_at_once()
    {
        await UntilReadyAsync();
        await using var call = await Call.OpenAsync(_node.App("/callapp"), _node.App("/callapp"), "room");

        await _node.SignalAsync("TERM");

        await Eventually.BecomesAsync(async () => (await ReadAsync(_node)).Value("signaling_node_draining"), draining => draining is 1, Patience);
        var figures = await ReadAsync(_node);
        Assert.Equal((0d, 2d), (figures.Value("signaling_node_ready"), figures.Value("signaling_sockets_open")));
    }

    [Fact]
    public async Task A_node_that_does_not_answer_shows_at_the_others()
    {
        await using var second = await NodeProcess.StartAsync(_node);
        await Eventually.BecomesAsync(async () => (await ReadAsync(_node)).Value("signaling_cluster_members"), members => members is 2, Patience);

        await second.SignalAsync("STOP");

        await Eventually.BecomesAsync(async () => (await ReadAsync(_node)).Value("signaling_cluster_unreachable"), unreachable => unreachable is 1, Patience);
        Assert.Equal(0, (await ReadAsync(_node)).Value("signaling_node_ready"));
    }

    [Fact]
    public async Task A_Prometheus_that_would_take_other_names_gets_the_same()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_node.Internal, "/metrics"));
        request.Headers.TryAddWithoutValidation("Accept", OpenMetricsFirst);
        using var answer = await _client.SendAsync(request);

        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores", answer.Content.Headers.ContentType!.ToString());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\n# TYPE signaling_sockets_open gauge\n", text, StringComparison.Ordinal);
        Assert.Contains("\nsignaling_cluster_members{} 1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peers_are_not_told_the_figures()
    {
        using var answer = await _client.GetAsync(new Uri(_node.Http, "/metrics"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task RefuseAndIgnoreAsync()
    {
        foreach (var path in (string[])["/nope", "/nope/secret"])
        {
            await using var unknown = await TestPeer.ConnectAsync(_node.App(path));
            Assert.Equal((1008, "Unknown app"), await unknown.ExpectCloseAsync());
        }

        await using var peer = await TestPeer.ConnectAsync(_node.App("/test"));
        await peer.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true);
        await peer.SendAsync(Frame.Of(EventType.ReliableMessageReceived, 1, "x"u8));
        await peer.ExpectNothingAsync();
        await peer.CloseAsync();
    }

    private Task UntilReadyAsync() =>
        Eventually.BecomesAsync(async () => (await ReadAsync(_node)).Value("signaling_node_ready"), ready => ready is 1, Patience);

    private async Task<PrometheusText> ReadAsync(NodeProcess node)
    {
        using var answer = await _client.GetAsync(new Uri(node.Internal, "/metrics"));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        return PrometheusText.Parse(await answer.Content.ReadAsStringAsync());
    }
}
