using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>How long a node may serve, and for how long it lets others.</summary>
public sealed class LeaseTests
{
    [Fact]
    public void A_node_asks_all_others_every_second_unreachable_and_joining_ones_too()
    {
        var node = new TestNode();
        node.MembersAre(TestNode.Up(1), TestNode.Up(2) with { IsReachable = false }, TestNode.Up(3) with { Stage = MemberStage.Joining });

        node.Advance(1_900);

        Assert.Equal([(2, 1L), (3, 1L), (2, 2L), (3, 2L)], node.TakeLetters<LeaseQuestion>().Select(sent => (sent.To, sent.Letter.Number)));
    }

    [Fact]
    public void The_lease_runs_from_the_sending_of_the_question_never_from_its_answer()
    {
        var node = TestNode.Among(2, 3);
        node.Advance(0);
        var sentAt = node.Now;
        node.Advance(700);

        node.Receive(new LeaseAnswer(3, 1, Renewed: true, []));

        Assert.Equal(sentAt + 8_000, node.LeaseUntil);
    }

    [Fact]
    public void The_lease_runs_from_the_last_question_that_enough_have_answered()
    {
        var node = TestNode.Among(2, 3, 4, 5);
        node.Advance(0);
        var firstAt = node.Now;
        node.Advance(1_000);

        node.Receive(new LeaseAnswer(2, 2, Renewed: true, []));
        Assert.Null(node.LeaseUntil);
        node.Receive(new LeaseAnswer(3, 1, Renewed: true, []));
        Assert.Equal(firstAt + 8_000, node.LeaseUntil);
        node.Receive(new LeaseAnswer(4, 2, Renewed: true, []));
        Assert.Equal(firstAt + 9_000, node.LeaseUntil);
    }

    [Fact]
    public void An_answer_that_does_not_renew_counts_for_nothing()
    {
        var node = TestNode.Among(2, 3);
        node.Advance(0);

        node.Receive(new LeaseAnswer(2, 1, Renewed: false, []), new LeaseAnswer(9, 1, Renewed: true, []), new LeaseAnswer(3, 7, Renewed: true, []));

        Assert.Null(node.LeaseUntil);
    }

    [Fact]
    public void An_answer_to_a_question_of_long_ago_counts_for_nothing()
    {
        var node = TestNode.Among(2, 3);
        node.Advance(16_000);

        node.Receive(new LeaseAnswer(2, 1, Renewed: true, []));

        Assert.Null(node.LeaseUntil);
        Assert.False(node.IsOver);
    }

    [Fact]
    public void A_node_alone_holds_it_without_end_but_not_before_it_is_up()
    {
        var node = new TestNode();
        node.MembersAre(TestNode.Up(1) with { Stage = MemberStage.Joining });
        Assert.Null(node.LeaseUntil);

        node.MembersAre(1);

        Assert.Equal(long.MaxValue, node.LeaseUntil);
        node.StandStill(1_000_000);
        Assert.True(node.State.IsLeaseHeld(node.Now));
    }

    [Fact]
    public void A_node_that_is_no_longer_alone_needs_the_others_from_then_on()
    {
        var node = TestNode.Among();
        node.MembersAre(1, 2, 3);

        Assert.Equal(node.Now + 8_000, node.LeaseUntil);
        node.Advance(8_001);
        Assert.True(node.IsOver);
    }

    [Fact]
    public void Answers_from_before_it_was_up_count_once_it_is()
    {
        var node = new TestNode();
        node.MembersAre(TestNode.Up(1) with { Stage = MemberStage.Joining }, TestNode.Up(2), TestNode.Up(3));
        node.Renew(2, 3);
        Assert.Null(node.LeaseUntil);

        node.MembersAre(1, 2, 3);

        Assert.NotNull(node.LeaseUntil);
        Assert.True(node.State.IsLeaseHeld(node.Now));
    }

    [Fact]
    public void Members_that_come_later_do_not_end_what_is_held()
    {
        var node = TestNode.Among(2, 3);
        node.Renew(2);
        var until = node.LeaseUntil;

        node.MembersAre(1, 2, 3, 4, 5, 6, 7);
        Assert.Equal(until, node.LeaseUntil);

        node.Renew(2);
        Assert.Equal(until, node.LeaseUntil); // too few of seven
        node.Renew(2, 5, 6);
        Assert.True(node.LeaseUntil > until);
    }

    [Fact]
    public void A_node_that_goes_keeps_its_lease_by_the_answers_of_the_others()
    {
        var node = TestNode.Among(2, 3);
        node.Renew(2, 3);
        node.MembersAre(TestNode.Up(1) with { Stage = MemberStage.Exiting }, TestNode.Up(2), TestNode.Up(3));

        for (var i = 0; i < 20; i++)
            node.Renew(2, 3);

        Assert.False(node.IsOver);
        Assert.True(node.State.IsLeaseHeld(node.Now));
    }

    [Fact]
    public void Once_over_it_is_over_whatever_comes()
    {
        var node = TestNode.Among(2, 3);
        node.Renew(2, 3);
        node.StandStill(8_001);

        Assert.False(node.State.IsLeaseHeld(node.Now));
        node.Receive(new LeaseAnswer(2, 1, Renewed: true, []));
        Assert.True(node.IsOver);
        node.Take<object>();
        node.Receive(
            new LeaseQuestion(2, 1, [], Farewell: false), new RollCall(Some.Shard, new Incarnation(1, 2)), Some.Granted(Some.Standing(1, 10)), new BrokenLinks(2, []));
        node.State.Receive(new GivenBack(Some.Key, Some.Name(1, 10)), node.Now);
        node.MembersAre(1, 2);
        node.State.Removed(2, node.Now);
        node.Advance(100_000);

        Assert.Empty(node.Take<object>());
        Assert.Equal(long.MaxValue, node.State.Due);
        Assert.False(node.State.IsLeaseHeld(node.Now));
    }

    [Fact]
    public void It_is_noticed_that_it_is_over_without_any_input()
    {
        var node = TestNode.Among(2, 3);
        node.Renew(2);
        var until = node.LeaseUntil!.Value;

        node.Advance(until - node.Now);
        Assert.False(node.IsOver);
        node.Advance(1);
        Assert.True(node.IsOver);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)] // seen unreachable
    [InlineData(4, false)] // no member
    public void Only_a_member_that_is_seen_reachable_is_renewed(int asker, bool isRenewed)
    {
        var node = new TestNode();
        node.MembersAre(TestNode.Up(1), TestNode.Up(2), TestNode.Up(3) with { IsReachable = false });

        node.Receive(new LeaseQuestion(asker, 5, [], Farewell: false));

        var (to, answer) = Assert.Single(node.TakeLetters<LeaseAnswer>());
        Assert.Equal((asker, 1, 5L, isRenewed), (to, answer.From, answer.Number, answer.Renewed));
    }

    [Fact]
    public void What_a_node_says_to_have_expired_rests_on_its_last_answer()
    {
        var node = TestNode.Among(2, 3);
        node.Advance(20_000);
        node.Receive(new LeaseQuestion(3, 1, [], Farewell: false));
        node.MembersAre(1, 2);

        Assert.Empty(Expired(node, 3));
        node.StandStill(7_999);
        node.MembersAre(1, 2);
        Assert.Empty(Expired(node, 3));
        node.StandStill(1);
        Assert.Equal([3], Expired(node, 3));
    }

    [Fact]
    public void The_first_sight_of_a_node_counts_as_an_answer()
    {
        var node = TestNode.Among(2);
        node.MembersAre(1, 2, 3);
        node.MembersAre(1, 2);

        Assert.Empty(Expired(node, 3));
    }

    [Fact]
    public void A_node_that_was_never_seen_and_one_that_is_lost_have_expired_and_a_member_has_not()
    {
        var node = TestNode.Among(2);

        Assert.Equal([7], Expired(node, 7, 2));
    }

    private static IReadOnlyList<int> Expired(TestNode node, params int[] removed)
    {
        node.TakeLetters<LeaseAnswer>();
        node.Receive(new LeaseQuestion(2, 1, removed, Farewell: false));
        return Assert.Single(node.TakeLetters<LeaseAnswer>()).Letter.Expired;
    }
}
