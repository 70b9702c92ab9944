using Akka.Actor;
using Akka.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Signaling.Actors.Connections;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Draining;
using Signaling.Gateway.Node;
using Signaling.Gateway.Sockets;
using Xunit;

namespace Signaling.Tests.Gateway.Node;

/// <summary>
/// The times that have to fit each other, as they are in effect on a running node with the default settings. What a test's
/// name says is why.
/// </summary>
public sealed class TimesFitTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LeaseQuestions = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CallsWorkAgain = TimeSpan.FromSeconds(15);

    private TestNode _node = null!;

    public async Task InitializeAsync() =>
        _node = await TestNode.StartAsync(options => options.Drain = new DrainOptions());

    public async Task DisposeAsync() => await _node.DisposeAsync();

    private Config Akka => _node.System.Settings.Config;

    private SignalingOptions Signaling => _node.Services.GetRequiredService<IOptions<SignalingOptions>>().Value;

    private DrainTimes Drain => DrainTimes.Of(Signaling);

    private TimeSpan HeartbeatPause => Time("akka.cluster.failure-detector.acceptable-heartbeat-pause");

    private TimeSpan StableAfter => Time("akka.cluster.split-brain-resolver.stable-after");

    private TimeSpan RemovalMargin => Time("akka.cluster.down-removal-margin");

    /// <summary>The shortest from a node's last sign of life to its removal.</summary>
    private TimeSpan EarliestRemoval => HeartbeatPause + StableAfter + RemovalMargin;

    /// <summary>The longest: a heartbeat is missed late, the loss is seen, and the word on it spreads.</summary>
    private TimeSpan LatestRemoval => EarliestRemoval
        + Time("akka.cluster.failure-detector.heartbeat-interval")
        + Time("akka.cluster.unreachable-nodes-reaper-interval")
        + Time("akka.cluster.gossip-interval");

    [Fact]
    public void A_pause_that_the_failure_detector_lets_pass_costs_no_node_its_lease() =>
        Assert.True(HeartbeatPause + (2 * LeaseQuestions) < Lease);

    [Fact]
    public void When_a_cut_off_node_is_removed_its_lease_has_run_out_so_that_its_addresses_are_free_at_once() =>
        Assert.True(Lease < EarliestRemoval);

    [Fact]
    public void Calls_to_the_addresses_of_a_lost_node_work_again_in_the_promised_time() =>
        Assert.True(LatestRemoval + Time("akka.cluster.sharding.retry-interval") <= CallsWorkAgain);

    [Fact]
    public void Nodes_are_not_all_downed_before_a_single_loss_is_long_decided() =>
        Assert.True(LatestRemoval < StableAfter + Time("akka.cluster.split-brain-resolver.down-all-when-unstable"));

    [Fact]
    public void A_coordinator_asks_again_several_times_before_a_request_is_given_up()
    {
        Assert.True(3 * Time("akka.cluster.sharding.updating-state-timeout") < RequestDeadline);
        Assert.True(3 * Time("akka.cluster.sharding.waiting-for-state-timeout") < RequestDeadline);
        Assert.True(3 * Time("akka.cluster.sharding.shard-start-timeout") < RequestDeadline);
    }

    [Fact]
    public void A_shard_that_does_not_come_is_not_waited_for_longer_than_a_request_is() =>
        Assert.True(Time("akka.cluster.sharding.handoff-timeout") <= RequestDeadline);

    [Fact]
    public void A_request_holds_up_its_peers_socket_no_longer_than_the_gateway_reckons_with() =>
        Assert.True(RequestDeadline <= ReadPauses.LongestRequest);

    [Fact]
    public void One_request_and_one_stalled_link_in_a_row_close_no_socket_and_hide_no_pong()
    {
        Assert.True(ReadPauses.LongestRequest + ReadPauses.LongestStall < ReadPauses.Longest(Signaling.Sockets));
        Assert.True(ReadPauses.Longest(Signaling.Sockets) < Signaling.Sockets.PongTimeout);
    }

    [Fact]
    public void A_peer_that_has_closed_gets_its_answer_when_its_last_request_has_had_its_time() =>
        Assert.True(ReadPauses.LongestRequest + ReadPauses.LongestStall < PeerSocket.LongestLinger);

    [Fact]
    public void Phases_of_the_shutdown_last_as_long_as_the_drain_reckons_with() =>
        Assert.True(CoordinatedShutdown.Get(_node.System).TotalTimeout <= DrainTimes.Leaving);

    [Fact]
    public void Shards_have_their_hand_off_time_before_the_node_goes_on_leaving() =>
        Assert.True(Time("akka.cluster.sharding.handoff-timeout") + TimeSpan.FromSeconds(1)
            < CoordinatedShutdown.Get(_node.System).Timeout(CoordinatedShutdown.PhaseClusterShardingShutdownRegion));

    [Fact]
    public void The_host_waits_until_the_node_has_drained_and_left() =>
        Assert.True(Drain.Notice + Drain.Conversations + Drain.CloseWindow + Drain.Closing + DrainTimes.Telling
            + DrainTimes.LastRequests + CoordinatedShutdown.Get(_node.System).TotalTimeout
            <= _node.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);

    [Fact]
    public void The_last_socket_has_its_time_to_be_closed() =>
        Assert.True(Signaling.Sockets.CloseTimeout < Drain.Closing);

    [Fact]
    public void A_node_has_time_to_join_through_the_loss_of_another() =>
        Assert.True((2 * CallsWorkAgain) < Signaling.Node.JoinTimeout);

    [Fact]
    public void Who_asks_for_a_drain_without_knowing_the_profile_waits_as_long_as_it_takes_with_any()
    {
        Assert.Equal(Drain, DrainTimes.Longest(Signaling.Drain, Signaling.Sockets));
        Assert.True(DrainTimes.Of(new SignalingOptions()).Drain < Drain.Drain);
    }

    [Theory]
    [InlineData("static")]
    [InlineData("kubernetes")]
    public void A_first_seed_that_has_looked_for_a_cluster_in_vain_has_time_to_begin_one(string profile)
    {
        var hocon = NodeHocon.Load(new NodeOptions { Profile = profile });

        Assert.True(2 * hocon.GetTimeSpan("signaling.first-seed-patience") < Signaling.Node.JoinTimeout);
        Assert.True(Time("akka.cluster.seed-node-timeout") < hocon.GetTimeSpan("signaling.first-seed-patience"));
    }

    [Fact]
    public void A_node_that_comes_back_at_another_address_is_heard_while_requests_to_it_still_wait() =>
        Assert.True(Time("akka.remote.dot-netty.tcp.connection-timeout") + Time("akka.remote.retry-gate-closed-for") < RequestDeadline);

    [Fact]
    public void In_dev_mode_a_stop_waits_for_nobody_who_has_no_reason_to_stay()
    {
        var dev = DrainTimes.Of(new SignalingOptions());

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), (dev.Notice, dev.Conversations, dev.CloseWindow));
    }

    private static TimeSpan RequestDeadline => TimeSpan.FromMilliseconds(ConnectionState.RequestTimeout);

    private TimeSpan Time(string key) => Akka.GetTimeSpan(key);
}
