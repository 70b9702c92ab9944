using Akka.Actor;
using Akka.TestKit;
using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

public sealed class NodePostTests : ActorTest
{
    private const int Here = 1;
    private const int There = 2;
    private static readonly LinkName Link = new(new ConnectionUid(1, 2), 3);
    private readonly NodePost _post = new(Here);
    private readonly TestProbe _node;
    private readonly TestProbe _otherNode;

    public NodePostTests()
    {
        _node = CreateTestProbe();
        _otherNode = CreateTestProbe();
        _post.Open(_node);
        _post.Add(There, _otherNode, takesBags: true);
    }

    [Fact]
    public void Numbers_begin_after_the_node_s_own_and_come_once()
    {
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => _post.RegisterConnection(TestActor).Number));
        _post.Unregister(3);
        Assert.Equal(new AddressUid(Here, 4), _post.RegisterAddress(TestActor));
    }

    [Fact]
    public void A_letter_reaches_its_receiver_on_this_node_straight()
    {
        var receiver = CreateTestProbe();
        var letter = new Confirmed(Link);

        _post.Send(Here, _post.RegisterAddress(receiver).Number, letter, TestActor);

        Assert.Same(letter, receiver.ExpectMsg<Confirmed>());
        Assert.Equal(TestActor, receiver.LastSender);
    }

    [Fact]
    public void A_letter_to_nobody_is_the_node_s_to_answer()
    {
        var number = _post.RegisterConnection(CreateTestProbe()).Number;
        _post.Unregister(number);

        _post.Send(Here, number, new Confirmed(Link), TestActor);

        _node.ExpectMsg(new Undeliverable(Here, number, new Confirmed(Link)));
    }

    [Fact]
    public void A_letter_to_the_node_itself_reaches_its_NodeActor()
    {
        _post.Send(Here, Parcel.NodeNumber, new Confirmed(Link), TestActor);

        _node.ExpectMsg(new Confirmed(Link));
    }

    [Fact]
    public void A_letter_to_another_node_goes_there_in_a_bag()
    {
        _post.Send(There, 77, new Confirmed(Link), TestActor);

        Assert.Equal([new Parcel(There, 77, new Confirmed(Link))], _otherNode.ExpectMsg<Bag>().Parcels);
    }

    [Fact]
    public void A_letter_to_a_node_that_does_not_know_bags_goes_by_itself()
    {
        const int Older = 3;
        _post.Add(Older, _otherNode, takesBags: false);

        _post.Send(Older, 77, new Confirmed(Link), TestActor);

        _otherNode.ExpectMsg(new Parcel(Older, 77, new Confirmed(Link)));
    }

    [Fact]
    public void What_comes_from_another_node_reaches_its_receiver_or_is_the_node_s_to_answer()
    {
        var receiver = CreateTestProbe();
        var number = _post.RegisterConnection(receiver).Number;

        _post.Deliver(new Parcel(Here, number, new Confirmed(Link)));
        _post.Deliver(new Parcel(Here, number + 1, new Confirmed(Link)));
        _post.Deliver(new Parcel(There, number, new Confirmed(Link)));
        _post.Deliver(new Parcel(Here, Parcel.NodeNumber, new Confirmed(Link)));
        receiver.Tell("nothing else");

        receiver.ExpectMsg(new Confirmed(Link));
        receiver.ExpectMsg("nothing else");
        _node.ExpectMsg(new Undeliverable(Here, number + 1, new Confirmed(Link)));
        _node.ExpectMsg(new Undeliverable(There, number, new Confirmed(Link)));
        _node.ExpectMsg(new Confirmed(Link));
    }

    [Fact]
    public void Letters_of_one_sender_keep_their_order()
    {
        var receiver = CreateTestProbe();
        var number = _post.RegisterConnection(receiver).Number;
        var letters = Enumerable.Range(0, 200).Select(i => new Confirmed(Link with { Ordinal = i })).ToArray();
        foreach (var letter in letters)
        {
            _post.Send(Here, number, letter, TestActor);
            _post.Send(There, number, letter, TestActor);
        }

        var there = new List<ILetter>();
        while (there.Count < letters.Length)
            there.AddRange(_otherNode.ExpectMsg<Bag>().Parcels.Select(parcel => parcel.Letter));
        Assert.Equal(letters, there);
        foreach (var letter in letters)
            receiver.ExpectMsg(letter);
    }

    [Fact]
    public void A_letter_to_a_node_that_has_left_is_lost()
    {
        _post.Remove(There);
        _post.Send(There, 77, new Confirmed(Link), TestActor);
        _otherNode.Tell("nothing else");

        _otherNode.ExpectMsg("nothing else");
    }

    [Fact]
    public void Connections_and_addresses_are_told_apart_and_the_node_itself_never()
    {
        TestProbe first = CreateTestProbe(), second = CreateTestProbe(), gone = CreateTestProbe(), address = CreateTestProbe();
        _post.RegisterConnection(first);
        _post.Unregister(_post.RegisterConnection(gone).Number);
        _post.RegisterConnection(second);
        var uid = _post.RegisterAddress(address);

        _post.TellConnections(new NodeRemoved(There), TestActor);
        _post.TellAddresses(new NodeLost(There), TestActor);
        _post.Tell(uid, RollOver.Instance, TestActor);
        _node.Tell("nothing else");
        gone.Tell("nothing else");

        first.ExpectMsg(new NodeRemoved(There));
        second.ExpectMsg(new NodeRemoved(There));
        address.ExpectMsg(new NodeLost(There));
        address.ExpectMsg<RollOver>();
        _node.ExpectMsg("nothing else");
        gone.ExpectMsg("nothing else");
    }

    [Fact]
    public void Connections_are_counted_without_the_addresses()
    {
        var connection = _post.RegisterConnection(TestActor);
        _post.RegisterAddress(TestActor);
        Assert.Equal(1, _post.Connections);

        _post.Unregister(connection.Number);

        Assert.Equal(0, _post.Connections);
    }

    [Fact]
    public void Many_may_come_and_go_at_once()
    {
        const int Threads = 4;
        const int Each = 2_000;
        var numbers = new long[Threads * Each];
        var stays = CreateTestProbe();
        var number = _post.RegisterAddress(stays).Number;

        Parallel.For(0, Threads, thread =>
        {
            for (var i = 0; i < Each; i++)
            {
                var mine = _post.RegisterConnection(ActorRefs.Nobody).Number;
                numbers[(thread * Each) + i] = mine;
                _post.Send(Here, number, new Confirmed(Link with { Request = mine }), TestActor);
                _post.Send(Here, mine, new Confirmed(Link), TestActor);
                _post.Unregister(mine);
            }
        });

        Assert.Distinct(numbers);
        var heard = Enumerable.Range(0, numbers.Length).Select(_ => stays.ExpectMsg<Confirmed>().Link.Request);
        Assert.Equal(numbers.Order(), heard.Order());
        _node.Tell("nothing else");
        _node.ExpectMsg("nothing else");
    }
}
