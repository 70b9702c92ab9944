using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Gateway.Callbacks;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Sessions;
using Signaling.Gateway.Webhooks;
using Xunit;

namespace Signaling.Tests.Gateway.Sessions;

public sealed class SessionLogTests : IDisposable
{
    private const string App = "/callapp";
    private static readonly ConnectionUid Ada = new(1, 1);
    private static readonly ConnectionUid Bob = new(1, 2);
    private readonly FakeTimeProvider _time = new();
    private readonly IMeterFactory _factory = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
    private readonly AppMetrics _metrics;

    public SessionLogTests() => _metrics = new AppMetrics(_factory, Options.Create(new SignalingOptions()));

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void What_concerns_an_address_is_told_in_order_and_nothing_else()
    {
        var log = Log(100);
        var recorder = log.Of(App);
        recorder.Happened(new PeerStep(StepKind.Listening, StepReason.Asked, Ada, "room"));
        recorder.Happened(new PeerStep(StepKind.Listening, StepReason.Asked, Bob, "hall"));
        _time.Advance(TimeSpan.FromSeconds(1));
        log.TurnedAway(App, "Invalid token", IPAddress.Parse("::ffff:192.0.2.1"));
        log.TurnedAway("/other", "Invalid token", IPAddress.Loopback);
        _time.Advance(TimeSpan.FromSeconds(1));
        recorder.Happened(new PeerStep(StepKind.Left, StepReason.PeerLeft, Bob), "closed by the peer with 1000");
        recorder.Happened(new PeerStep(StepKind.Left, StepReason.PeerLeft, Ada), "closed by the peer with 1001");

        var told = log.About(App, "room");

        Assert.Equal([StepKind.Listening, StepKind.TurnedAway, StepKind.Left], told.Select(entry => entry.Step.Kind));
        Assert.Equal([null, "Invalid token (192.0.2.1)", "closed by the peer with 1001"], told.Select(entry => entry.Note), StringComparer.Ordinal);
    }

    [Fact]
    public void The_oldest_make_way_and_those_at_the_door_only_for_each_other()
    {
        var log = Log(20);
        var recorder = log.Of(App);
        for (var i = 0; i < 50; i++)
            recorder.Happened(new PeerStep(StepKind.Listening, StepReason.Asked, new ConnectionUid(1, i), "room"));
        for (var i = 0; i < 50; i++)
            log.TurnedAway(App, "Unknown app", IPAddress.Loopback);

        var told = log.About(App, "room");

        Assert.Equal(Enumerable.Range(30, 20).Select(i => (long)i), told.Where(entry => entry.Step.Kind == StepKind.Listening).Select(entry => entry.Step.Peer.Number));
        Assert.Equal(2, told.Count(entry => entry.Step.Kind == StepKind.TurnedAway));
    }

    [Fact]
    public void Nothing_is_kept_where_nothing_is_to_be()
    {
        var log = Log(0);
        log.TurnedAway(App, "Unknown app", IPAddress.Loopback);

        log.Of(App).Happened(new PeerStep(StepKind.Listening, StepReason.Asked, Ada, "room"));

        Assert.Empty(log.About(App, "room"));
    }

    private SessionLog Log(int keep)
    {
        var options = new SignalingOptions();
        options.Sessions.Keep = keep;
        return new SessionLog(Options.Create(options), _metrics, new AppWebhooks(Options.Create(options), new WebhookMetrics(_factory)), new AppAdmissions(Options.Create(options), new HttpClient(), new AdmissionMetrics(_factory), _time, NullLogger<AppAdmission>.Instance), _time);
    }
}
