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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly LinkName Link = new(new ConnectionUid(1, 10), 5);
    private readonly AkkaCluster _cluster;
    private readonly NodePost _post;
    private readonly NodeLease _lease;
    private readonly TestProbe _addresses;
    private readonly IActorRef _node;

    public NodeActorTests()
        : base(ActorSystems.StartNode())
    {
        _cluster = AkkaCluster.Get(Sys);
        _post = new NodePost(_cluster.SelfUniqueAddress.Uid);
        _lease = new NodeLease(Sys.Scheduler);
        _addresses = CreateTestProbe();
        _node = Sys.ActorOf(NodeActor.Props(_post, _lease, _addresses, new SilentDesk()), NodeActor.Name);
    }

    [Fact]
    public void A_parcel_is_handed_on()
    {
        var receiver = CreateTestProbe();

        _node.Tell(new Parcel(_post.Node, _post.RegisterConnection(receiver).Number, new Confirmed(Link)));

        receiver.ExpectMsg(new Confirmed(Link), Patience);
    }

    [Fact]
    public async Task The_letters_of_a_bag_are_handed_on_in_their_order_and_those_for_nobody_answered()
    {
        await StatusAsync(); // it runs
        var (relay, address) = Address();
        var receiver = CreateTestProbe();
        var number = _post.RegisterConnection(receiver).Number;
        var letters = Enumerable.Range(0, 200).Select(i => new Confirmed(Link with { Ordinal = i })).ToArray();

        Sys.ActorSelection(_node.Path / LaneEnd.Name).Tell(new Bag(
        [
            .. letters.Select(letter => new Parcel(_post.Node, number, letter)),
            new Parcel(_post.Node, 77, new Offer(Link, Some.Name(_post.Node, 77), relay)),
        ]));

        foreach (var letter in letters)
            receiver.ExpectMsg(letter, Patience);
        address.ExpectMsg(new Refused(Link), Patience);
    }

    [Fact]
    public void A_parcel_for_nobody_is_answered_as_gone()
    {
        var (relay, address) = Address();

        _node.Tell(new Parcel(_post.Node, 77, new Offer(Link, Some.Name(_post.Node, 77), relay)));

        address.ExpectMsg(new Refused(Link), Patience);
    }

    [Fact]
    public void A_parcel_for_an_earlier_process_is_answered_as_gone_though_the_number_is_taken()
    {
        var (relay, address) = Address();
        var receiver = CreateTestProbe();
        var number = _post.RegisterConnection(receiver).Number;

        _node.Tell(new Parcel(_post.Node + 1, number, new Offer(Link, Some.Name(_post.Node + 1, number), relay)));

        address.ExpectMsg(new Refused(Link), Patience);
        receiver.Tell("nothing else");
        receiver.ExpectMsg("nothing else");
    }

    [Fact]
    public void A_local_letter_for_nobody_is_answered_as_gone()
    {
        var (relay, address) = Address();
        _node.Tell(new Parcel(_post.Node, relay.Number, new Confirmed(Link)));
        address.ExpectMsg(new Confirmed(Link), Patience); // it runs

        _post.Send(_post.Node, 77, new Offer(Link, Some.Name(_post.Node, 77), relay), TestActor);

        address.ExpectMsg(new Refused(Link), Patience);
    }

    [Fact]
    public async Task A_parcel_for_the_node_itself_is_for_its_state()
    {
        await FormAsync();
        var (granter, address) = Address();
        var connection = CreateTestProbe();
        var name = new ReservationName(_post.RegisterConnection(connection), 1);
        var granted = new Granted(new Standing(Some.Key, name, new Rank(new Incarnation(1, _post.Node), 1), Shared: false), granter, [], 0, 0);

        _node.Tell(new Parcel(_post.Node, Parcel.NodeNumber, granted));
        address.ExpectMsg(new HoldAnswer(name, granted.Standing.Rank, null, Stands: true), Patience);
        Assert.Same(granted, connection.ExpectMsg<Granted>(Patience));
        _post.Send(_post.Node, Parcel.NodeNumber, new HoldQuestion(name, granted.Standing.Rank, null, granter), TestActor);

        address.ExpectMsg(new HoldAnswer(name, granted.Standing.Rank, null, Stands: true), Patience);
    }

    [Fact]
    public async Task An_address_that_starts_is_given_its_roll_and_loses_it_when_another_node_calls()
    {
        await FormAsync();
        var (uid, address) = Address();

        _node.Tell(new AddressStarted(Some.Key, uid));
        Assert.Empty(address.ExpectMsg<Roll>(Patience).Standings);
        _node.Tell(new Parcel(_post.Node, Parcel.NodeNumber, new RollCall(Some.Shard, new Incarnation(9, _post.Node + 1))));

        address.ExpectMsg<RollOver>(Patience);
    }

    [Fact]
    public async Task Digests_go_out_shard_after_shard_and_those_that_come_in_call_rolls()
    {
        const int Some = 5; // a round through all takes a minute: the state's own tests have it
        await FormAsync();
        var first = _addresses.ExpectMsg<Digest>(Patience).Shard;
        for (var i = 1; i < Some; i++)
            Assert.Equal((first + i) % Shards.Count, _addresses.ExpectMsg<Digest>(Patience).Shard);

        _node.Tell(new Digest(17, _post.Node, 0, 0));

        await AwaitAssertAsync(async () => Assert.Equal(1, (await StatusAsync()).ShardsCalled), Patience);
    }

    [Fact]
    public async Task A_node_has_its_lease_when_it_is_up()
    {
        Assert.False(_lease.IsHeld);
        await FormAsync();

        await AwaitConditionAsync(() => Task.FromResult(_lease.IsHeld), Patience);
        var status = await StatusAsync();
        Assert.Equal((_post.Node, "Up", true, 1), (status.Uid, status.Status, status.IsLeaseHeld, status.Members));
    }

    [Fact]
    public async Task A_node_whose_actor_fails_has_no_lease_any_more()
    {
        await FormAsync();
        await AwaitConditionAsync(() => Task.FromResult(_lease.IsHeld), Patience);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _lease.Ended.Register(ended.SetResult);

        _node.Tell(PoisonPill.Instance);

        await ended.Task.WaitAsync(Patience);
        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public async Task A_node_that_takes_its_leave_waits_for_its_connections_and_its_releases()
    {
        var connection = _post.RegisterConnection(CreateTestProbe());
        var name = new ReservationName(connection, 1);
        Address();
        _node.Tell(new GivenBack(Some.Key, name));
        _addresses.FishForMessage<Release>(_ => true, Patience);

        var idle = _node.Ask<LeaveTaken>(TakeLeave.Instance);
        _node.Tell(new Parcel(_post.Node, Parcel.NodeNumber, new Released(Some.Key, name, new Incarnation(1, 1))));
        Assert.Equal(1, (await StatusAsync()).Connections);
        Assert.False(idle.IsCompleted);
        _post.Unregister(connection.Number);
        _node.Tell(new ConnectionEnded(connection, []));

        await idle.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_node_that_joins_is_reached_and_its_removal_and_loss_are_told()
    {
        using var other = ActorSystems.StartNode();
        var otherPost = new NodePost(AkkaCluster.Get(other).SelfUniqueAddress.Uid);
        var otherLease = new NodeLease(other.Scheduler);
        other.ActorOf(NodeActor.Props(otherPost, otherLease, ActorRefs.Nobody, new SilentDesk()), NodeActor.Name);
        TestProbe connection = CreateTestProbe(), there = CreateTestProbe();
        _post.RegisterConnection(connection);
        var (_, address) = Address();
        var number = otherPost.RegisterConnection(there).Number;

        await FormAsync();
        await AkkaCluster.Get(other).JoinAsync(_cluster.SelfAddress);
        await AwaitConditionAsync(() => Task.FromResult(_post.Knows(otherPost.Node) && otherLease.IsHeld && _lease.IsHeld), Patience);
        _post.Send(otherPost.Node, number, new Confirmed(Link), TestActor);
        there.ExpectMsg(new Confirmed(Link), Patience);

        await AkkaCluster.Get(other).LeaveAsync();
        connection.ExpectMsg(new NodeRemoved(otherPost.Node), Patience);
        address.ExpectMsg(new NodeLost(otherPost.Node), Patience);
        Assert.False(_post.Knows(otherPost.Node));
    }

    private (AddressUid Uid, TestProbe Probe) Address()
    {
        var probe = CreateTestProbe();
        return (_post.RegisterAddress(probe), probe);
    }

    private Task FormAsync() => _cluster.JoinAsync(_cluster.SelfAddress);

    private Task<NodeStatus> StatusAsync() => _node.Ask<NodeStatus>(AskStatus.Instance, Patience);

    private sealed class SilentDesk : IDesk
    {
        public Task<byte[]> AnswerAsync(string topic, ReadOnlyMemory<byte> body) => throw new InvalidOperationException("Nobody asks here.");
    }
}
