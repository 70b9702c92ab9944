using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>How a node calls the roll of a shard.</summary>
public sealed class RollCallTests
{
    private static readonly Incarnation First = new(1, TestNode.Self);

    [Fact]
    public void A_node_that_is_alone_asks_itself()
    {
        var node = TestNode.Among();
        Start(node);

        Assert.Equal([new GivenRoll(Some.Address, First, "")], node.Take<GivenRoll>());
        Assert.Equal(1, node.State.ShardsCalled);
    }

    [Fact]
    public void Nothing_is_called_before_the_members_are_known()
    {
        var node = new TestNode();
        Start(node);
        Assert.Empty(node.Take<GivenRoll>());

        node.MembersAre(1);

        Assert.Single(node.Take<GivenRoll>());
    }

    [Fact]
    public void All_members_are_asked_reachable_or_not()
    {
        var node = new TestNode();
        node.MembersAre(TestNode.Up(1), TestNode.Up(2) with { IsReachable = false }, TestNode.Up(3) with { Stage = MemberStage.Joining }, TestNode.Up(4) with { Stage = MemberStage.Exiting });

        Start(node);

        Assert.Equal(
            [(2, new RollCall(Some.Shard, First)), (3, new RollCall(Some.Shard, First)), (4, new RollCall(Some.Shard, First))],
            node.TakeLetters<RollCall>());
    }

    [Fact]
    public void The_roll_is_called_when_all_have_answered_with_what_stands_by_rank()
    {
        var node = TestNode.Among(2, 3);
        node.Receive(Some.Granted(Some.Standing(1, 10, call: 0, grant: 2)));
        Start(node);

        node.AnswerRollCall(2, Some.Standing(2, 20, call: 0, grant: 3));
        Assert.Empty(node.Take<GivenRoll>());
        node.AnswerRollCall(3, Some.Standing(3, 30, call: 0), Some.Standing(3, 31, call: 0, key: Some.Neighbour));

        Assert.Equal([new GivenRoll(Some.Address, First, "3.30 1.10 2.20")], node.Take<GivenRoll>());
    }

    [Fact]
    public void Those_who_have_not_answered_are_asked_again()
    {
        var node = TestNode.Among(2, 3);
        Start(node);
        node.TakeLetters<RollCall>();
        node.AnswerRollCall(2);

        node.Advance(1_400);

        Assert.Equal([3, 3], node.TakeLetters<RollCall>().Select(call => call.To));
    }

    [Fact]
    public void An_answer_in_pages_counts_when_the_last_page_is_there()
    {
        var node = TestNode.Among(2);
        Start(node);
        Standing[] all = [.. Enumerable.Range(0, 700).Select(i => Some.Standing(2, i, call: 0, grant: i))];

        Page(all, 0);
        Page(all, 600); // too early
        Page(all, 0); // twice
        Page(all, 300);
        Assert.Empty(node.Take<GivenRoll>());
        Page(all, 600);

        var roll = Assert.Single(node.Take<GivenRoll>());
        Assert.Equal(string.Join(' ', all.Select(standing => $"2.{standing.Name.Connection.Number}")), roll.Standings);

        void Page(Standing[] standings, int skip) =>
            node.Receive(new RollAnswer(2, Some.Shard, First, [.. standings.Skip(skip).Take(300)], skip, standings.Length));
    }

    [Fact]
    public void Pages_from_before_a_release_are_not_mixed_with_later_ones()
    {
        var node = TestNode.Among(2);
        Start(node);
        Standing first = Some.Standing(2, 20, call: 0), second = Some.Standing(2, 21, call: 0, grant: 2);

        node.Receive(new RollAnswer(2, Some.Shard, First, [first], 0, 3));
        node.Receive(new RollAnswer(2, Some.Shard, First, [second], 0, 2));
        node.Receive(new RollAnswer(2, Some.Shard, First, [second], 1, 3)); // late
        node.Receive(new RollAnswer(2, Some.Shard, First, [first], 1, 2));

        Assert.Equal("2.20 2.21", Assert.Single(node.Take<GivenRoll>()).Standings);
    }

    [Fact]
    public void A_member_that_joins_meanwhile_is_asked_too()
    {
        var node = TestNode.Among(2);
        Start(node);
        node.MembersAre(1, 2, 3);
        node.TakeLetters<RollCall>();
        node.AnswerRollCall(2);
        Assert.Empty(node.Take<GivenRoll>());

        node.Advance(0);

        Assert.Equal([3], node.TakeLetters<RollCall>().Select(call => call.To));
        node.AnswerRollCall(3);
        Assert.Single(node.Take<GivenRoll>());
    }

    [Fact]
    public void A_removed_member_is_waited_for_until_it_is_lost()
    {
        var node = TestNode.Among(2, 3);
        node.Renew(2);
        Start(node);
        node.AnswerRollCall(2);
        node.MembersAre(1, 2);
        Assert.Empty(node.Take<GivenRoll>());

        node.MembersAre(TestNode.Up(1), TestNode.Up(2), TestNode.Up(3) with { Uid = 33 }); // it was started again
        Assert.Equal([3], node.Take<NodeLost>().Select(lost => lost.Node));
        node.Advance(0);
        node.AnswerRollCall(33);

        Assert.Single(node.Take<GivenRoll>());
    }

    [Fact]
    public void What_a_lost_node_had_named_is_free()
    {
        var node = TestNode.Among(2, 3);
        Start(node, Some.Neighbour, Some.NeighbourAddress);
        node.AnswerRollCall(2);
        node.AnswerRollCall(3, Some.Standing(3, 30, call: 0));
        node.MembersAre(TestNode.Up(1), TestNode.Up(2), TestNode.Up(3) with { Uid = 33 });
        node.Take<object>();

        Start(node);

        Assert.Equal([new GivenRoll(Some.Address, First, "")], node.Take<object>());
    }

    [Fact]
    public void What_nobody_has_asked_for_yet_is_kept_for_its_address()
    {
        var node = TestNode.Among(2);
        Start(node, Some.Neighbour, Some.NeighbourAddress);
        node.AnswerRollCall(2, Some.Standing(2, 20, call: 0));
        Assert.Equal([new GivenRoll(Some.NeighbourAddress, First, "")], node.Take<GivenRoll>());

        Start(node);

        Assert.Equal([new GivenRoll(Some.Address, First, "2.20")], node.Take<GivenRoll>());
    }

    [Fact]
    public void An_address_that_asks_twice_is_not_told_that_it_holds_nothing()
    {
        var node = TestNode.Among(2);
        Start(node);
        node.AnswerRollCall(2, Some.Standing(2, 20, call: 0));
        node.Take<object>();

        Start(node);

        Assert.Empty(node.Take<object>());
    }

    [Fact]
    public void A_refused_call_is_repeated_above_what_was_promised()
    {
        var node = TestNode.Among(2, 3);
        Start(node);
        node.AnswerRollCall(3);
        node.TakeLetters<RollCall>();

        node.Receive(new RollRefused(2, Some.Shard, First, new Incarnation(7, 3)), new RollRefused(3, Some.Shard, First, new Incarnation(9, 3)));

        var call = new RollCall(Some.Shard, new Incarnation(8, 1));
        Assert.Equal([(2, call), (3, call)], node.TakeLetters<RollCall>());
    }

    [Fact]
    public void A_roll_that_a_node_no_longer_goes_by_is_called_again_above_what_it_has_promised()
    {
        var node = Called();

        node.Receive(new RollRefused(2, Some.Shard, new Incarnation(0, 1), new Incarnation(7, 3)));
        Assert.Empty(node.Take<object>());
        node.Receive(new RollRefused(2, Some.Shard, First, new Incarnation(7, 3)));

        Assert.Equal([new TakenRoll(Some.Address)], node.Take<TakenRoll>());
        Assert.Equal([(2, new RollCall(Some.Shard, new Incarnation(8, 1)))], node.TakeLetters<RollCall>());
    }

    [Fact]
    public void A_call_that_finds_a_later_grant_is_repeated_above_it()
    {
        var node = TestNode.Among(2);
        Start(node);

        node.AnswerRollCall(2, Some.Standing(2, 20, call: 5));

        Assert.Empty(node.Take<GivenRoll>());
        node.AnswerRollCall(2, Some.Standing(2, 20, call: 5));
        Assert.Equal([new GivenRoll(Some.Address, new Incarnation(6, 1), "2.20")], node.Take<GivenRoll>());
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
