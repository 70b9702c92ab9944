using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Signaling.Actors.Protocol;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Draining;
using Signaling.Gateway.Health;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Draining;

/// <summary>A node that stops, as its peers and its host see it.</summary>
public sealed class DrainTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private TestNode? _node;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
    }

    [Fact]
    public async Task While_it_gives_notice_it_is_not_ready_and_serves_whoever_comes()
    {
        var node = await StartAsync(drain => drain.Notice = Never);
        using var hurry = new CancellationTokenSource();

        var stopped = node.StopAsync(hurry.Token);

        await Eventually.BecomesAsync(() => Drain(node).IsDraining, isDraining => isDraining, Patience);
        Assert.Equal("The node is about to stop.", await UnreadinessAsync(node));
        await using var call = await Call.OpenAsync(node.App("/callapp"), node.App("/callapp"), "room");
        await call.TalkAsync();
        await call.EndAsync();
        Assert.False(stopped.IsCompleted);
        await hurry.CancelAsync();
        await stopped.WaitAsync(Patience);
    }

    [Fact]
    public async Task Conversations_go_on_and_whoever_comes_is_sent_elsewhere()
    {
        var node = await StartAsync(drain => drain.Time = Never);
        await using var call = await Call.OpenAsync(node.App("/callapp"), node.App("/callapp"), "room");

        var drain = Drain(node).DrainAsync();

        Assert.Equal(("503", "1"), await Handshake.AskAsync(node.Http));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await TokenApi.RegisterAsync(node.Http, "abc"));
        Assert.Equal("The node is about to stop.", await UnreadinessAsync(node));
        await call.TalkAsync();
        await call.Guest.SendAsync(Frame.Of(EventType.NewConnection, 2, "nobody"));
        await call.Guest.ExpectAsync(Frame.Of(EventType.ConnectionFailed, 2));

        // It ends with the last peer, long before its time.
        await call.Listener.CloseAsync();
        await call.Guest.ExpectAsync(Frame.Of(EventType.Disconnected, 1));
        Assert.False(drain.IsCompleted);
        await call.Guest.CloseAsync();
        await drain.WaitAsync(Patience);
    }

    [Fact]
    public async Task Then_sockets_are_closed_one_after_the_other_over_the_window()
    {
        const int Peers = 20;
        var node = await StartAsync(drain => drain.CloseWindow = TimeSpan.FromSeconds(2));
        var peers = await Task.WhenAll(Enumerable.Range(0, Peers).Select(_ => TestPeer.ConnectAsync(node.App("/callapp"))));
        var start = Stopwatch.GetTimestamp();

        var drain = Drain(node).DrainAsync();
        var closed = await Task.WhenAll(peers.Select(async peer =>
        {
            Assert.Equal((1001, "Server stops"), await peer.ExpectCloseAsync());
            var after = Stopwatch.GetElapsedTime(start);
            await peer.CloseAsync();
            return after;
        }));

        await drain.WaitAsync(Patience);
        Array.Sort(closed);
        Assert.True(closed[Peers / 2] > TimeSpan.FromSeconds(0.8), $"Half of them were closed after {closed[Peers / 2]}.");
        Assert.True(closed[^1] > TimeSpan.FromSeconds(1.6), $"The last was closed after {closed[^1]}.");
    }

    [Fact]
    public async Task A_peer_that_never_answers_the_close_is_dropped()
    {
        var node = await StartAsync(_ => { }, options => options.Sockets.CloseTimeout = TimeSpan.FromSeconds(1));
        using var silent = await BarePeer.ConnectAsync(node.WebSocket, "/callapp");

        await Drain(node).DrainAsync().WaitAsync(Patience);

        Assert.Equal(BarePeer.Close, (await silent.ReadAsync())?.Opcode);
        Assert.Null(await silent.ReadAsync());
    }

    [Fact]
    public async Task A_drain_that_is_cut_short_drops_what_is_still_open()
    {
        var node = await StartAsync(drain => drain.Time = drain.CloseWindow = Never);
        using var silent = await BarePeer.ConnectAsync(node.WebSocket, "/callapp");
        using var hurry = new CancellationTokenSource();
        var drain = Drain(node).DrainAsync(hurry.Token);

        await hurry.CancelAsync();

        await drain.WaitAsync(Patience);
        while (await silent.ReadAsync() is { } frame)
            Assert.Equal(BarePeer.Close, frame.Opcode);
    }

    [Fact]
    public async Task A_host_that_stops_drains_first_while_everything_still_runs()
    {
        var node = await StartAsync(drain => drain.Time = Never);
        await using var call = await Call.OpenAsync(node.App("/callapp"), node.App("/callapp"), "room");

        var stopped = node.StopAsync();

        await call.TalkAsync();
        Assert.Equal(("503", "1"), await Handshake.AskAsync(node.Http));
        await call.TalkAsync();
        Assert.False(stopped.IsCompleted);
        await call.Guest.CloseAsync();
        await call.Listener.CloseAsync();
        await stopped.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_host_that_waits_no_longer_is_not_kept_waiting()
    {
        var node = await StartAsync(drain => drain.Time = Never);
        using var silent = await BarePeer.ConnectAsync(node.WebSocket, "/callapp");
        using var hurry = new CancellationTokenSource();
        var stopped = node.StopAsync(hurry.Token);

        await hurry.CancelAsync();

        await stopped.WaitAsync(Patience);
    }

    [Fact]
    public async Task The_host_has_as_long_as_a_drain_may_take_and_its_application_has_the_last_word()
    {
        var node = await StartAsync(drain => drain.Time = TimeSpan.FromMinutes(10));
        Assert.InRange(HostTimeout(node), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(12));

        await using var embedded = await TestNode.StartAsync(
            build: builder => builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromSeconds(3), HostTimeout(embedded));
    }

    private static INodeDrain Drain(TestNode node) => node.Services.GetRequiredService<INodeDrain>();

    private static TimeSpan HostTimeout(TestNode node) =>
        node.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<HostOptions>>().Value.ShutdownTimeout;

    private static async Task<string?> UnreadinessAsync(TestNode node)
    {
        var report = await node.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Tags.Contains(HealthTags.Ready));
        return report.Entries.Values.Single().Description;
    }

    private async Task<TestNode> StartAsync(Action<DrainOptions> configure, Action<SignalingOptions>? others = null) =>
        _node = await TestNode.StartAsync(options =>
        {
            configure(options.Drain);
            others?.Invoke(options);
        });
}
