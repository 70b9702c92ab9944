using Akka.Configuration;
using Microsoft.Extensions.Options;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Messages.Wire;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Node;
using Xunit;

namespace Signaling.Tests.Gateway.Node;

/// <summary>The Akka settings that the service relies on, as they are in effect.</summary>
public sealed class NodeHoconTests
{
    public static TheoryData<string, string, string> Pinned => new()
    {
        { "dev", "akka.remote.dot-netty.tcp.hostname", "127.0.0.1" },
        { "dev", "akka.remote.dot-netty.tcp.port", "0" },
        { "dev", "akka.cluster.min-nr-of-members", "1" },
        { "static", "akka.cluster.seed-node-timeout", "2s" },
        { "static", "akka.cluster.retry-unsuccessful-join-after", "5s" },
        { "static", "akka.cluster.shutdown-after-unsuccessful-join-seed-nodes", "60000ms" },
        { "kubernetes", "akka.cluster.seed-node-timeout", "2s" },
        { "kubernetes", "akka.cluster.retry-unsuccessful-join-after", "5s" },
        { "kubernetes", "akka.cluster.shutdown-after-unsuccessful-join-seed-nodes", "60000ms" },
    };

    public static TheoryData<string, string> PinnedInEvery => new()
    {
        { $"{LeanMailbox.Name}.mailbox-type", $"{typeof(LeanMailbox).FullName}, Signaling.Actors" },
        { "akka.actor.provider", "cluster" },
        { "akka.actor.guardian-supervisor-strategy", "Akka.Actor.StoppingSupervisorStrategy" },
        { "akka.actor.serialization-settings.allow-unregistered-types", "off" },
        { "akka.log-serializer-override-on-start", "off" },
        { "akka.remote.untrusted-mode", "on" },
        { "akka.remote.retry-gate-closed-for", "1s" },
        { "akka.remote.use-dispatcher", ChainDispatcher.Name },
        { "akka.remote.dot-netty.tcp.connection-timeout", "4s" },
        { "akka.remote.dot-netty.tcp.maximum-frame-size", "256000b" },
        { "akka.cluster.allow-weakly-up-members", "off" },
        { "akka.cluster.app-version", $"{ContractVersion.Current}" },
        { "akka.cluster.downing-provider-class", "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster" },
        { "akka.cluster.split-brain-resolver.active-strategy", "keep-majority" },
        { "akka.cluster.split-brain-resolver.stable-after", "5s" },
        { "akka.cluster.split-brain-resolver.down-all-when-unstable", "15s" },
        { "akka.cluster.down-removal-margin", "1s" },
        { "akka.cluster.run-coordinated-shutdown-when-down", "on" },
        { "akka.cluster.failure-detector.heartbeat-interval", "1s" },
        { "akka.cluster.failure-detector.acceptable-heartbeat-pause", "3s" },
        { "akka.cluster.failure-detector.threshold", "8.0" },
        { "akka.cluster.sharding.use-dispatcher", ChainDispatcher.Name },
        { "akka.cluster.sharding.state-store-mode", "ddata" },
        { "akka.cluster.sharding.remember-entities", "off" },
        { "akka.cluster.sharding.passivate-idle-entity-after", "off" },
        { "akka.cluster.sharding.coordinator-state.write-majority-plus", "0" },
        { "akka.cluster.sharding.coordinator-state.read-majority-plus", "0" },
        { "akka.cluster.sharding.distributed-data.majority-min-cap", "0" },
        { "akka.cluster.sharding.waiting-for-state-timeout", "2s" },
        { "akka.cluster.sharding.updating-state-timeout", "2s" },
        { "akka.cluster.sharding.handoff-timeout", "10s" },
        { "akka.cluster.sharding.retry-interval", "1s" },
        { "akka.cluster.sharding.shard-start-timeout", "2s" },
        { "akka.cluster.sharding.buffer-size", "20000" },
        { "akka.cluster.sharding.rebalance-interval", "10s" },
        { "akka.cluster.sharding.least-shard-allocation-strategy.rebalance-absolute-limit", "20" },
        { "akka.cluster.sharding.least-shard-allocation-strategy.rebalance-relative-limit", "0.1" },
        { "akka.coordinated-shutdown.exit-clr", "off" },
        { "akka.coordinated-shutdown.run-by-clr-shutdown-hook", "off" },
    };

    [Theory]
    [MemberData(nameof(Pinned))]
    public void A_profile_sets_what_the_service_relies_on(string profile, string key, string value) =>
        Assert.Equal(value, Load(profile).GetString(key));

    [Theory]
    [MemberData(nameof(PinnedInEvery))]
    public void Every_profile_sets_what_the_service_relies_on(string key, string value)
    {
        Assert.Equal(Normal(value), Normal(Load("dev").GetString(key)));
        Assert.Equal(Normal(value), Normal(Load("static").GetString(key)));
        Assert.Equal(Normal(value), Normal(Load("kubernetes").GetString(key)));
    }

    [Fact]
    public void Who_looks_for_actors_finds_those_alone_by_which_nodes_find_each_other() => Assert.Equal(
        [
            "/system/cluster/core/daemon", "/system/cluster/heartbeatReceiver", "/system/remote-watcher", "/user/ddataReplicator",
            "/system/sharding/replicator", "/system/sharding/addressCoordinator", "/system/sharding/addressCoordinator/singleton/coordinator",
        ],
        Load("static").GetStringList("akka.remote.trusted-selection-paths"));

    [Fact]
    public void A_static_node_is_told_its_name_and_its_seeds()
    {
        var node = new NodeOptions { Profile = "static", Host = "node-1", Port = 4053 };
        node.Seeds.Add("node-0:4053");
        node.Seeds.Add("[::1]:4054");
        var hocon = NodeHocon.Load(node);

        Assert.Equal(typeof(NodeTransport), Type.GetType(hocon.GetString("akka.remote.dot-netty.tcp.transport-class")));
        Assert.Equal("node-1", hocon.GetString("akka.remote.dot-netty.tcp.hostname"));
        Assert.Equal("node-1", hocon.GetString("akka.remote.dot-netty.tcp.public-hostname"));
        Assert.Equal(4053, hocon.GetInt("akka.remote.dot-netty.tcp.port"));
        Assert.Equal(
            ["akka.tcp://signaling@node-0:4053", "akka.tcp://signaling@[::1]:4054"],
            hocon.GetStringList("akka.cluster.seed-nodes"));
    }

    [Fact]
    public void A_node_may_listen_elsewhere_than_where_the_others_reach_it()
    {
        var hocon = NodeHocon.Load(new NodeOptions { Profile = "kubernetes", Host = "node-1.nodes", ListenHost = "10.0.0.1", Port = 4053 });

        Assert.Equal("10.0.0.1", hocon.GetString("akka.remote.dot-netty.tcp.hostname"));
        Assert.Equal("node-1.nodes", hocon.GetString("akka.remote.dot-netty.tcp.public-hostname"));
    }

    [Theory]
    [InlineData("static", "node-0", "5s")]
    [InlineData("kubernetes", "node-0", "15s")]
    [InlineData("kubernetes", "NODE-0", "15s")]
    [InlineData("kubernetes", "node-1", "2s")]
    public void The_first_seed_looks_for_a_cluster_longer_than_the_others_wait_to_ask_it_again(string profile, string host, string time)
    {
        var node = new NodeOptions { Profile = profile, Host = host, Port = 4053 };
        node.Seeds.Add("node-0:4053");
        node.Seeds.Add("node-1:4053");

        Assert.Equal(time, NodeHocon.Load(node).GetString("akka.cluster.seed-node-timeout"));
    }

    [Fact]
    public void With_TLS_the_addresses_say_so()
    {
        var node = new NodeOptions { Profile = "static", Host = "node-1", Port = 4053, Tls = new NodeTlsOptions { CertFile = "tls.crt" } };
        node.Seeds.Add("node-0:4053");
        var hocon = NodeHocon.Load(node);

        Assert.Equal(["akka.ssl.tcp://signaling@node-0:4053"], hocon.GetStringList("akka.cluster.seed-nodes"));
        Assert.Equal("node-1", hocon.GetString("akka.remote.dot-netty.tcp.public-hostname"));
    }

    [Fact]
    public void A_node_alone_has_no_port_for_others() => Assert.False(
        NodeHocon.Load(new NodeOptions { Tls = new NodeTlsOptions { CertFile = "tls.crt" } }).HasPath("akka.remote.dot-netty.tcp.transport-class"));

    [Theory]
    [InlineData(0, null, 1)]
    [InlineData(1, null, 1)]
    [InlineData(2, null, 2)]
    [InlineData(3, null, 2)]
    [InlineData(3, 5, 3)]
    [InlineData(3, 6, 4)]
    [InlineData(1, 3, 2)]
    public void A_cluster_begins_with_the_majority_of_its_nodes(int seeds, int? size, int majority)
    {
        var node = new NodeOptions { Profile = "static", ClusterSize = size };
        for (var i = 0; i < seeds; i++)
            node.Seeds.Add($"node-{i}:4053");

        Assert.Equal(majority, NodeHocon.Load(node).GetInt("akka.cluster.min-nr-of-members"));
    }

    [Fact]
    public void A_node_alone_waits_for_nobody_whatever_the_size_of_the_cluster() =>
        Assert.Equal(1, NodeHocon.Load(new NodeOptions { ClusterSize = 3 }).GetInt("akka.cluster.min-nr-of-members"));

    [Fact]
    public void A_host_name_can_not_smuggle_settings_in()
    {
        const string Host = "x\"\nakka.actor.provider = local\n\\";

        var hocon = NodeHocon.Load(new NodeOptions { Profile = "static", Host = Host });

        Assert.Equal("cluster", hocon.GetString("akka.actor.provider"));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var error = Assert.Throws<OptionsValidationException>(
            () => NodeHocon.Load(new NodeOptions { HoconFolder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()) }));

        Assert.Contains("signaling.node.hoconFolder", error.Message, StringComparison.Ordinal);
    }

    private static Config Load(string profile) => NodeHocon.Load(new NodeOptions { Profile = profile });

    private static string Normal(string value) => value switch { "false" => "off", "true" => "on", _ => value };
}
