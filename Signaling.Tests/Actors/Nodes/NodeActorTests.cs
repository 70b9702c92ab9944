using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;
using Xunit;
using AkkaCluster = Akka.Cluster.Cluster;

namespace Signaling.Tests.Actors.Nodes;

public sealed class NodeActorTests : TestKit
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODw";
    private static readonly ReservationName Held = new(new ConnectionUid(1, 10), 1);
    private static readonly LinkName Link = new(new ConnectionUid(1, 10), 5);
    private readonly NodePost _post;
    private readonly TestProbe _addresses;
    private readonly IActorRef _node;

    public NodeActorTests()
        : base(ActorSystems.StartNode())
    {
        _post = new NodePost(AkkaCluster.Get(Sys).SelfUniqueAddress.Uid);
        _addresses = CreateTestProbe();
        _node = Sys.ActorOf(NodeActor.Props(_post, _addresses), NodeActor.Name);
    }

    [Fact]
    public void A_parcel_is_handed_on_with_its_sender()
    {
        var receiver = CreateTestProbe();

        _node.Tell(new Parcel(_post.Node, _post.Register(receiver), new Confirmed(Link)), TestActor);

        receiver.ExpectMsg(new Confirmed(Link), TimeSpan.FromSeconds(20));
        Assert.Equal(TestActor, receiver.LastSender);
    }

    [Fact]
    public void A_parcel_for_nobody_is_answered_as_gone()
    {
        _node.Tell(new Parcel(_post.Node, 77, new Granted(Key, Held, [], 0, 0)));

        _addresses.ExpectMsg(new Release(Key, Held), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_parcel_for_an_earlier_process_is_answered_as_gone_though_the_number_is_taken()
    {
        var receiver = CreateTestProbe();
        var number = _post.Register(receiver);

        _node.Tell(new Parcel(_post.Node + 1, number, new Granted(Key, Held, [], 0, 0)));

        _addresses.ExpectMsg(new Release(Key, Held), TimeSpan.FromSeconds(20));
        receiver.Tell("nothing else");
        receiver.ExpectMsg("nothing else");
    }

    [Fact]
    public void A_local_letter_for_nobody_is_answered_as_gone()
    {
        var address = CreateTestProbe();
        var relay = new AddressUid(_post.Node, _post.Register(address));
        _node.Tell(new Parcel(_post.Node, relay.Number, new Confirmed(Link)));
        address.ExpectMsg<Confirmed>(TimeSpan.FromSeconds(20));

        _post.Send(_post.Node, 77, new Offer(Link, Held, relay), TestActor);

        address.ExpectMsg(new Refused(Link), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_node_that_joins_is_reached_and_its_loss_is_told()
    {
        using var other = ActorSystems.StartNode();
        var otherPost = new NodePost(AkkaCluster.Get(other).SelfUniqueAddress.Uid);
        other.ActorOf(NodeActor.Props(otherPost, ActorRefs.Nobody), NodeActor.Name);
        TestProbe here = CreateTestProbe(), there = CreateTestProbe();
        _post.Register(here);
        var number = otherPost.Register(there);

        await JoinAsync(AkkaCluster.Get(Sys), AkkaCluster.Get(other));
        await _node.Ask<ActorIdentity>(new Identify(null)); // it has heard of the other node before
        _post.Send(otherPost.Node, number, new Confirmed(Link), TestActor);
        there.ExpectMsg(new Confirmed(Link), TimeSpan.FromSeconds(30));

        await AkkaCluster.Get(other).LeaveAsync();
        here.ExpectMsg(new NodeLost(otherPost.Node), TimeSpan.FromSeconds(30));
    }

    private static async Task JoinAsync(AkkaCluster first, AkkaCluster second)
    {
        await first.JoinAsync(first.SelfAddress);
        await second.JoinAsync(first.SelfAddress);
    }
}
