using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.TestKit;
using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Addresses;

public sealed class AddressActorTests : ActorTest
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODw";
    private static readonly AddressUid Self = new(1, 1);
    private static readonly ConnectionUid Alice = new(1, 10);
    private static readonly ConnectionUid Bob = new(2, 20);
    private static readonly ReservationName Held = new(Alice, 1);
    private static readonly ReservationName Contender = new(Bob, 4);
    private static readonly LinkName Link = new(Bob, 5);
    private static readonly Incarnation Call = new(3, 1);
    private static readonly Granted Grant = new(new Standing(Key, Held, new Rank(Call, 1), Shared: false), Self, [], 0, 0);
    private static readonly NodeTold Started = new(new AddressStarted(Key, Self));
    private static readonly NodeTold Stands = new(new StandingChanged(Key, Held, Stands: true));
    private static readonly NodeTold Ends = new(new StandingChanged(Key, Held, Stands: false));
    private readonly TestProbe _shard;
    private readonly TestProbe _post;
    private readonly TestLease _lease = new();
    private readonly IActorRef _address;

    public AddressActorTests()
    {
        _shard = CreateTestProbe();
        _post = CreateTestProbe();
        _address = _shard.ChildActorOf(AddressActor.Props(Key, new ProbedPost(_post), _lease));
    }

    [Fact]
    public void It_asks_its_node_for_the_roll_and_then_answers_by_post()
    {
        _address.Tell(new Reserve(Key, Held, Shared: false));
        _post.ExpectMsg(Started);
        Assert.Equal(_address, _post.LastSender);

        _address.Tell(new Roll(Call, []));
        _post.ExpectMsg(Stands);
        ExpectPosted(_post, Alice.Node, Parcel.NodeNumber, Grant);
        Assert.Equal(_address, _post.LastSender);

        _address.Tell(new Connect(Key, Link));
        ExpectPosted(_post, Alice.Node, Alice.Number, new Offer(Link, Held, Self));

        _address.Tell(new LinkEnd(Link, Bob, Alice, 1));
        ExpectPosted(_post, Alice.Node, Alice.Number, new LinkEnd(Link, Bob, Alice, 1));
    }

    [Fact]
    public void It_asks_again_each_second_until_the_roll_is_called()
    {
        _address.Tell(new Reserve(Key, Held, Shared: false));
        _post.ExpectMsg(Started);

        for (var i = 0; i < 3; i++)
        {
            Settle(_address);
            Advance(AddressState.QuestionTimeout);
            _post.ExpectMsg(Started);
        }
    }

    [Fact]
    public void When_the_roll_is_over_it_asks_for_the_next()
    {
        Hold();
        _address.Tell(RollOver.Instance);
        _address.Tell(new Reserve(Key, Contender, Shared: false));

        _post.ExpectMsg(Started);
    }

    [Fact]
    public void A_contender_whose_holder_s_node_keeps_silent_is_denied_after_a_second()
    {
        Hold();
        _address.Tell(new Reserve(Key, Contender, Shared: false));
        ExpectPosted(_post, Alice.Node, Parcel.NodeNumber, new HoldQuestion(Held, Grant.Standing.Rank, Contender, Self));
        Settle(_address);

        Advance(AddressState.QuestionTimeout);

        ExpectPosted(_post, Bob.Node, Bob.Number, new Denied(Contender));
    }

    [Fact]
    public void A_digest_is_for_its_node()
    {
        var digest = new Digest(Shard: 17, Node: 5, Count: 1, Hash: 99);
        _address.Tell(digest);

        _post.ExpectMsg(new NodeTold(digest));
        _shard.ExpectMsg<Passivate>();
    }

    [Fact]
    public void The_key_of_a_shard_is_no_address_that_its_node_would_miss()
    {
        var shard = _shard.ChildActorOf(AddressActor.Props(Shards.KeyOf(17), new ProbedPost(_post), _lease));
        Watch(shard);

        shard.Tell(AddressStop.Instance);

        ExpectTerminated(shard);
        _post.ExpectMsg<Unregistered>();
        ExpectNothing(_post);
    }

    [Fact]
    public void An_address_that_holds_nothing_asks_once_to_end()
    {
        Hold();
        _address.Tell(new NodeLost(99));
        _address.Tell(new Release(Key, Held));
        _address.Tell(new NodeLost(99));
        _address.Tell(new Refused(Link));
        Settle(_address);

        Assert.Same(AddressStop.Instance, _shard.ExpectMsg<Passivate>().StopMessage);
        ExpectNothing(_shard);
    }

    [Fact]
    public void An_address_whose_last_link_has_ended_asks_to_end()
    {
        Hold();
        _address.Tell(new Connect(Key, Link));
        _address.Tell(new Release(Key, Held));
        Settle(_address);
        ExpectNothing(_shard);

        _address.Tell(new LinkEnd(Link, Alice, Bob, 1));

        _shard.ExpectMsg<Passivate>();
    }

    [Fact]
    public void Requests_to_an_address_that_has_asked_to_end_go_to_its_next_life()
    {
        var request = new Reserve(Key, Held, Shared: false);
        _address.Tell(new NodeLost(99));
        _address.Tell(request, TestActor);

        _shard.ExpectMsg<Passivate>();
        _shard.ExpectMsg(request);
        Assert.Equal(TestActor, _shard.LastSender);
    }

    [Fact]
    public void It_still_relays_when_it_has_asked_to_end()
    {
        var frame = new LinkFrame(Link, Bob, Alice, 1, Memory<byte>.Empty, More: false);
        _address.Tell(new NodeLost(99));
        _address.Tell(frame);

        ExpectPosted(_post, Alice.Node, Alice.Number, frame);
    }

    [Fact]
    public void The_stop_message_ends_it_and_its_links_and_node_are_told()
    {
        Watch(_address);
        Hold();
        _address.Tell(new Connect(Key, Link));
        ExpectPosted(_post, Alice.Node, Alice.Number, new Offer(Link, Held, Self));

        _address.Tell(AddressStop.Instance);

        _post.ExpectMsg(new Unregistered(Self.Number));
        ExpectPosted(_post, Bob.Node, Bob.Number, new RelayStopped(Link));
        ExpectPosted(_post, Alice.Node, Alice.Number, new RelayStopped(Link));
        _post.ExpectMsg(new NodeTold(new AddressEnded(Key, Self, EmptyBy: null)));
        ExpectTerminated(_address);
    }

    [Fact]
    public void An_address_that_has_held_nothing_says_so_when_it_ends()
    {
        Hold();
        _address.Tell(new Release(Key, Held));
        _post.ExpectMsg(Ends);
        ExpectPosted(_post, Alice.Node, Parcel.NodeNumber, new Released(Key, Held, Call));

        _address.Tell(AddressStop.Instance);

        _post.ExpectMsg(new Unregistered(Self.Number));
        _post.ExpectMsg(new NodeTold(new AddressEnded(Key, Self, EmptyBy: Call)));
    }

    [Fact]
    public void From_its_stop_message_on_it_answers_nothing()
    {
        Watch(_address);
        Hold();

        _address.Tell(AddressStop.Instance);
        _address.Tell(new Reserve(Key, Contender, Shared: false));

        ExpectTerminated(_address);
        _post.ExpectMsg(new Unregistered(Self.Number));
        _post.ExpectMsg(new NodeTold(new AddressEnded(Key, Self, EmptyBy: null)));
        ExpectNothing(_post);
    }

    [Fact]
    public void Without_a_lease_it_does_nothing_but_end()
    {
        Watch(_address);
        _address.Tell(new Reserve(Key, Held, Shared: false));
        _post.ExpectMsg(Started);
        Settle(_address);
        _lease.End();

        _address.Tell(new Roll(Call, []));
        _address.Tell(new LinkFrame(Link, Bob, Alice, 1, Memory<byte>.Empty, More: false));
        Settle(_address);
        Advance(10 * AddressState.QuestionTimeout);
        Settle(_address);
        ExpectNothing(_post, _shard);

        _address.Tell(AddressStop.Instance);
        ExpectTerminated(_address);
    }

    private void Hold()
    {
        _address.Tell(new Reserve(Key, Held, Shared: false));
        _address.Tell(new Roll(Call, []));
        _address.Tell(new HoldAnswer(Held, Grant.Standing.Rank, Contender: null, Stands: true));
        _post.ExpectMsg(Started);
        _post.ExpectMsg(Stands);
        ExpectPosted(_post, Alice.Node, Parcel.NodeNumber, Grant);
    }
}
