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
    private readonly TestProbe _shard;
    private readonly TestProbe _post;
    private readonly IActorRef _address;

    public AddressActorTests()
    {
        _shard = CreateTestProbe();
        _post = CreateTestProbe();
        _address = _shard.ChildActorOf(AddressActor.Props(Key, new ProbedPost(_post)));
    }

    [Fact]
    public void Requests_are_answered_by_post()
    {
        _address.Tell(new Reserve(Key, Held, Shared: false));
        ExpectPosted(_post, Alice.Node, Alice.Number, new Granted(Key, Held, [], 0, 0));
        Assert.Equal(_address, _post.LastSender);

        _address.Tell(new Connect(Key, Link));
        ExpectPosted(_post, Alice.Node, Alice.Number, new Offer(Link, Held, Self));

        _address.Tell(new LinkEnd(Link, Link.Initiator));
        ExpectPosted(_post, Alice.Node, Alice.Number, new LinkEnd(Link, Link.Initiator));
    }

    [Fact]
    public void A_contender_whose_holder_keeps_silent_is_denied_after_a_second()
    {
        _address.Tell(new Reserve(Key, Held, Shared: false));
        _address.Tell(new Reserve(Key, Contender, Shared: false));
        Settle(_address);

        Advance(AddressState.QuestionTimeout);

        ExpectPosted(_post, Alice.Node, Alice.Number, new Granted(Key, Held, [], 0, 0));
        ExpectPosted(_post, Alice.Node, Alice.Number, new HoldQuestion(Held, Contender, Self));
        ExpectPosted(_post, Bob.Node, Bob.Number, new Denied(Contender));
    }

    [Fact]
    public void An_address_that_holds_nothing_asks_once_to_end()
    {
        _address.Tell(new Reserve(Key, Held, Shared: false));
        _address.Tell(new NodeLost(99));
        _address.Tell(new Release(Key, Held));
        _address.Tell(new NodeLost(99));
        _address.Tell(new Refused(Link));
        Settle(_address);
        _shard.Tell("nothing else");

        Assert.Same(AddressStop.Instance, _shard.ExpectMsg<Passivate>().StopMessage);
        _shard.ExpectMsg("nothing else");
    }

    [Fact]
    public void An_address_whose_last_link_has_ended_asks_to_end()
    {
        _address.Tell(new Reserve(Key, Held, Shared: false));
        _address.Tell(new Connect(Key, Link));
        _address.Tell(new Release(Key, Held));
        Settle(_address);
        _shard.Tell("so far nothing");
        _address.Tell(new LinkEnd(Link, Alice));

        _shard.ExpectMsg("so far nothing");
        _shard.ExpectMsg<Passivate>();
    }

    [Fact]
    public void Requests_to_an_address_that_has_asked_to_end_go_to_its_next_life()
    {
        var request = new Reserve(Key, Held, Shared: false);
        _address.Tell(new Release(Key, Held));
        _address.Tell(request, TestActor);

        _shard.ExpectMsg<Passivate>();
        _shard.ExpectMsg(request);
        Assert.Equal(TestActor, _shard.LastSender);
    }

    [Fact]
    public void The_stop_message_ends_it()
    {
        Watch(_address);
        _address.Tell(new Reserve(Key, Held, Shared: false));

        _address.Tell(AddressStop.Instance);

        ExpectPosted(_post, Alice.Node, Alice.Number, new Granted(Key, Held, [], 0, 0));
        _post.ExpectMsg(new Unregistered(Self.Number));
        ExpectTerminated(_address);
    }

    [Fact]
    public void From_its_stop_message_on_it_answers_nothing()
    {
        Watch(_address);
        _address.Tell(new Reserve(Key, Held, Shared: false));
        ExpectPosted(_post, Alice.Node, Alice.Number, new Granted(Key, Held, [], 0, 0));

        _address.Tell(AddressStop.Instance);
        _address.Tell(new Reserve(Key, Contender, Shared: false));

        ExpectTerminated(_address);
        _post.ExpectMsg(new Unregistered(Self.Number));
        _post.Tell("nothing else");
        _post.ExpectMsg("nothing else");
    }
}
