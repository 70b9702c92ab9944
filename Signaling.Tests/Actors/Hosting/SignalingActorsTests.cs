using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signaling.Actors.Connections;
using Signaling.Actors.Hosting;
using Signaling.Tests.Actors.Connections;
using Xunit;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Signaling.Tests.Actors.Hosting;

/// <summary>All actors of a node that is alone, as the gateway starts them, with sharding and all.</summary>
public sealed class SignalingActorsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly App App = new("/app", AddressSharing: false);
    private static readonly App SharedApp = new("/shared", AddressSharing: true);
    private readonly IHost _host = ActorSystems.BuildService();
    private readonly TestKit _kit;

    public SignalingActorsTests() => _kit = new TestKit(_host.Services.GetRequiredService<ActorSystem>());

    public async Task InitializeAsync()
    {
        await _host.StartAsync();
        var cluster = AkkaCluster.Get(_kit.Sys);
        await cluster.JoinAsync(cluster.SelfAddress);
        await _kit.AwaitConditionAsync(() => Task.FromResult(SignalingActors.LeaseOf(_kit.Sys).IsHeld), Patience);
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    [Fact]
    public void Two_peers_meet_talk_and_part()
    {
        var (alice, aliceGets) = Connect(App);
        var (bob, bobGets) = Connect(App);

        Say(alice, Peer.Reserve("room"));
        Expect(aliceGets, "3 -1 \"room\"");
        Say(bob, Peer.Connect(5, "room"));
        Expect(bobGets, "6 5");
        Expect(aliceGets, "6 16384");
        Say(bob, Peer.Send(5, 1, 2));
        Expect(aliceGets, "2 16384 0102");
        Say(alice, Peer.Send(16384, 3));
        Expect(bobGets, "2 5 03");
        alice.Closed();
        Expect(bobGets, "8 5");
        Say(bob, Peer.Reserve("room"));
        Expect(bobGets, "3 -1 \"room\"");
    }

    [Fact]
    public void Three_peers_at_a_shared_address_are_linked_each_to_each()
    {
        var (alice, aliceGets) = Connect(SharedApp);
        var (bob, bobGets) = Connect(SharedApp);
        var (carol, carolGets) = Connect(SharedApp);

        Say(alice, Peer.Reserve("room"));
        Expect(aliceGets, "3 -1 \"room\"");
        Say(bob, Peer.Reserve("room"));
        Expect(bobGets, "3 -1 \"room\"", "6 16384");
        Expect(aliceGets, "6 16384");
        Say(carol, Peer.Reserve("room"));
        Expect(carolGets, "3 -1 \"room\"", "6 16384", "6 16385");
        Expect(aliceGets, "6 16385");
        Expect(bobGets, "6 16385");
    }

    [Fact]
    public void An_address_that_is_reserved_while_it_ends_is_still_held()
    {
        var (alice, aliceGets) = Connect(App);
        var (bob, bobGets) = Connect(App);

        for (var i = 0; i < 50; i++)
        {
            // A connect to nobody leaves the address empty, and the reserve follows on its heels.
            Say(bob, Peer.Connect(5, $"room {i}"));
            Say(alice, Peer.Reserve($"room {i}"));
            Assert.Matches("^[67] 5$", NextFrame(bobGets));
            aliceGets.FishForMessage<Sent>(sent => string.Equals(sent.Frame, $"3 -1 \"room {i}\"", StringComparison.Ordinal), Patience);

            Say(bob, Peer.Disconnect(5));
            Say(bob, Peer.Reserve($"room {i}"));
            bobGets.FishForMessage<Sent>(sent => string.Equals(sent.Frame, $"4 -1 \"room {i}\"", StringComparison.Ordinal), Patience);
        }
    }

    private static void Say(IConnection peer, byte[] message) => peer.Receive(message);

    private static void Expect(TestProbe peer, params string[] frames)
    {
        foreach (var frame in frames)
            Assert.Equal(frame, NextFrame(peer));
    }

    private static string NextFrame(TestProbe peer) => peer.FishForMessage<Sent>(_ => true, Patience).Frame;

    private (IConnection Connection, TestProbe Gets) Connect(App app)
    {
        var gets = _kit.CreateTestProbe();
        return (SignalingActors.ConnectionsOf(_kit.Sys).Open(new ProbedSocket(gets), app, PeerRights.All), gets);
    }
}
