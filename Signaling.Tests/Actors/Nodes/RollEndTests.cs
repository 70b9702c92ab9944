using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>How the roll of a shard that a node has called ends, and begins anew.</summary>
public sealed class RollEndTests
{
    private static readonly Incarnation First = new(1, TestNode.Self);
    private static readonly Incarnation Second = new(2, TestNode.Self);

    [Fact]
    public void Another_node_s_later_call_ends_the_own_roll()
    {
        var node = Called();

        node.Receive(new RollCall(Some.Shard, new Incarnation(1, 2)));

        Assert.Equal([new TakenRoll(Some.Address)], node.Take<TakenRoll>());
        Assert.Equal(0, node.State.ShardsCalled);
        Assert.Equal(new Incarnation(1, 2), Assert.Single(node.TakeLetters<RollAnswer>()).Letter.Incarnation);
        Start(node);
        Assert.Equal([new RollCall(Some.Shard, Second)], node.TakeLetters<RollCall>().Select(call => call.Letter));
    }

    [Fact]
    public void An_address_that_ended_with_something_has_the_roll_called_again_for_the_others()
    {
        var node = Called();
        Start(node, Some.Neighbour, Some.NeighbourAddress);
        node.Take<object>();

        node.State.Receive(new AddressEnded(Some.Key, Some.Address, EmptyBy: null), node.Now);

        Assert.Equal([new TakenRoll(Some.NeighbourAddress)], node.Take<TakenRoll>());
        Assert.Equal([new RollCall(Some.Shard, Second)], node.TakeLetters<RollCall>().Select(call => call.Letter));
        node.AnswerRollCall(2, Some.Standing(2, 20));
        Assert.Equal([new GivenRoll(Some.NeighbourAddress, Second, "")], node.Take<GivenRoll>());
        Start(node);
        Assert.Equal([new GivenRoll(Some.Address, Second, "2.20")], node.Take<GivenRoll>());
    }

    [Fact]
    public void A_shard_that_moves_away_address_by_address_is_called_once_and_then_given_up()
    {
        var node = Called();
        string[] keys = [.. Some.KeysOf(Some.Shard).Take(50)];
        foreach (var (i, key) in keys.Index())
            Start(node, key, new AddressUid(1, i));
        node.Take<object>();

        foreach (var (i, key) in keys.Index())
            node.State.Receive(new AddressEnded(key, new AddressUid(1, i), EmptyBy: null), node.Now);
        node.State.Receive(new AddressEnded(Some.Key, Some.Address, EmptyBy: null), node.Now);

        Assert.Single(node.TakeLetters<RollCall>());
        node.Advance(3_000);
        Assert.Empty(node.TakeLetters<RollCall>());
    }

    [Fact]
    public void An_address_that_ended_empty_changes_nothing()
    {
        var node = Called();

        node.State.Receive(new AddressEnded(Some.Key, Some.Address, EmptyBy: First), node.Now);
        Start(node, Some.Key, new AddressUid(1, 905));

        Assert.Equal([new GivenRoll(new AddressUid(1, 905), First, "")], node.Take<object>());
    }

    [Fact]
    public void A_new_life_of_an_address_whose_end_was_never_told_has_the_roll_called_again()
    {
        var node = Called();

        Start(node, Some.Key, new AddressUid(1, 905));

        Assert.Equal([new RollCall(Some.Shard, Second)], node.TakeLetters<RollCall>().Select(call => call.Letter));
    }

    private static TestNode Called()
    {
        var node = TestNode.Among(2);
        Start(node);
        node.AnswerRollCall(2);
        node.Take<object>();
        return node;
    }

    private static void Start(TestNode node, string key = Some.Key, AddressUid? address = null) =>
        node.State.Receive(new AddressStarted(key, address ?? Some.Address), node.Now);
}
