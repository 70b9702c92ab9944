using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>When a node that was removed from the cluster is lost.</summary>
public sealed class LostNodesTests
{
    [Fact]
    public void A_removed_node_is_told_of_at_once_and_not_lost_yet()
    {
        var node = TestNode.Among(2, 3);

        node.MembersAre(1, 2);

        Assert.Equal([new NodeRemoved(3)], node.Take<NodeRemoved>());
        Assert.Empty(node.Take<NodeLost>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_may_be_said_to_be_removed_before_or_after_the_members_are_without_it(bool before)
    {
        var node = TestNode.Among(2, 3);

        if (before)
            node.State.Removed(3, node.Now);
        node.MembersAre(1, 2);
        node.State.Removed(3, node.Now);

        Assert.Single(node.Take<NodeRemoved>());
    }

    [Fact]
    public void It_is_lost_when_all_who_remain_say_that_its_lease_rests_on_none_of_them()
    {
        var node = Keeping(2, 3, 4);
        node.MembersAre(1, 2, 3);

        node.Renew(2, 3);
        Assert.All(node.TakeLetters<LeaseQuestion>(), question => Assert.Equal([4], question.Letter.Removed));
        Say(node, 2, expired: 4);
        node.Advance(7_500);
        Say(node, 3); // it has answered later
        Assert.Empty(node.Take<NodeLost>());
        Say(node, 3, expired: 4);

        Assert.Equal([new NodeLost(4)], node.Take<NodeLost>());
        node.TakeLetters<LeaseQuestion>();
        node.Advance(1_000);
        Assert.All(node.TakeLetters<LeaseQuestion>(), question => Assert.Empty(question.Letter.Removed));
    }

    [Fact]
    public void It_is_not_lost_before_the_own_last_answer_is_old()
    {
        var node = Keeping(2, 3);
        node.Receive(new LeaseQuestion(3, 9, [], Farewell: false));
        var answeredAt = node.Now;
        node.MembersAre(1, 2);
        Say(node, 2, expired: 3);

        Renew(node, until: answeredAt + 7_999);
        Assert.Empty(node.Take<NodeLost>());
        node.Advance(1);
        Assert.Single(node.Take<NodeLost>());
    }

    [Fact]
    public void One_who_joins_later_has_to_say_so_too()
    {
        var node = Keeping(2, 3);
        node.MembersAre(1, 2);
        node.MembersAre(1, 2, 5);
        node.Renew(2, 5);
        Say(node, 2, expired: 3);
        node.Advance(7_500);
        Assert.Empty(node.Take<NodeLost>());

        Say(node, 5, expired: 3);

        Assert.Single(node.Take<NodeLost>());
    }

    [Fact]
    public void One_who_is_cut_off_too_need_not_say_so()
    {
        var node = Keeping(2, 3, 4);
        node.MembersAre(1, 2, 3);
        Say(node, 2, expired: 4);
        Renew(node, until: node.Now + 8_000, 2, 3);
        Assert.Empty(node.Take<NodeLost>());

        node.MembersAre(TestNode.Up(1), TestNode.Up(2), TestNode.Up(3) with { IsReachable = false });
        node.MembersAre(1, 2);

        Assert.Equal([new NodeLost(4)], node.Take<NodeLost>());
    }

    [Fact]
    public void Who_stays_answers_for_one_who_leaves_and_may_have_renewed_a_lease_right_before()
    {
        var node = Keeping(2, 3);
        Renew(node, until: node.Now + 20_000, 2, 3); // 3 has not asked for long
        node.MembersAre(1, 3);
        node.MembersAre(1);

        Assert.Empty(node.Take<NodeLost>());
        node.Advance(8_000);
        Assert.Equal([2, 3], node.Take<NodeLost>().Select(lost => lost.Node));
    }

    [Fact]
    public void It_is_lost_at_once_when_its_process_was_started_again()
    {
        var node = Keeping(2, 3);
        node.Receive(new LeaseQuestion(3, 9, [], Farewell: false));
        node.MembersAre(1, 2);

        node.MembersAre(TestNode.Up(1), TestNode.Up(2), TestNode.Up(3) with { Uid = 33, Stage = MemberStage.Joining });

        Assert.Equal([new NodeLost(3)], node.Take<NodeLost>());
    }

    [Fact]
    public void A_node_that_is_itself_removed_finds_nobody_lost()
    {
        var node = Keeping(2, 3);
        node.MembersAre(2);

        Say(node, 2, expired: 3);
        node.Advance(7_000);
        Say(node, 2, expired: 3);

        Assert.Empty(node.Take<NodeLost>());
    }

    // Its lease is held, so that time may pass.
    private static TestNode Keeping(params int[] others)
    {
        var node = TestNode.Among(others);
        node.Renew(others);
        return node;
    }

    private static void Renew(TestNode node, long until, params int[] answering)
    {
        answering = answering.Length == 0 ? [2] : answering;
        while (node.Now + 1_000 <= until)
            node.Renew(answering);
        node.Advance(until - node.Now);
    }

    private static void Say(TestNode node, int from, params int[] expired) =>
        node.Receive(new LeaseAnswer(from, 1, Renewed: false, expired));
}
