using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

public sealed class FarewellTests
{
    [Fact]
    public void A_node_that_says_farewell_says_so_at_once_and_until_all_others_have_heard()
    {
        var node = TestNode.Among(2, 3);
        node.Renew(2, 3);
        node.TakeLetters<LeaseQuestion>();

        node.State.SayFarewell(node.Now);
        node.Advance(0);

        var questions = node.TakeLetters<LeaseQuestion>();
        Assert.Equal([2, 3], questions.Select(question => question.To).Order());
        Assert.All(questions, question => Assert.True(question.Letter.Farewell));
        Assert.False(node.State.IsFarewellHeard);
        node.Receive(new LeaseAnswer(2, questions[0].Letter.Number, Renewed: true, []));
        Assert.False(node.State.IsFarewellHeard);
        node.Advance(1_000);
        Assert.All(node.TakeLetters<LeaseQuestion>(), question => Assert.True(question.Letter.Farewell));
        node.Receive(new LeaseAnswer(3, questions[1].Letter.Number, Renewed: true, []));
        Assert.True(node.State.IsFarewellHeard);
    }

    [Fact]
    public void Whoever_has_said_farewell_sends_no_digests_any_more()
    {
        var node = TestNode.Among(2);
        node.State.SayFarewell(node.Now);
        node.Take<object>();

        node.Renew(2);
        node.Advance(5_000);

        Assert.Empty(node.Take<Digest>());
    }

    [Fact]
    public void A_node_alone_has_nobody_to_say_farewell_to()
    {
        var node = TestNode.Among();

        node.State.SayFarewell(node.Now);

        Assert.True(node.State.IsFarewellHeard);
    }

    [Fact]
    public void A_node_that_has_said_farewell_is_lost_as_soon_as_it_is_removed()
    {
        var node = TestNode.Among(2, 3);
        node.Receive(new LeaseQuestion(3, 9, [], Farewell: true));
        Assert.Empty(node.Take<NodeLost>());

        node.MembersAre(1, 2);

        Assert.Equal([new NodeLost(3)], node.Take<NodeLost>());
    }

    [Fact]
    public void The_roll_is_called_without_a_node_that_has_said_farewell()
    {
        var node = TestNode.Among(2, 3);
        node.State.Receive(new AddressStarted(Some.Key, Some.Address), node.Now);
        node.AnswerRollCall(2);
        Assert.Empty(node.Take<GivenRoll>());

        node.Receive(new LeaseQuestion(3, 9, [], Farewell: true));

        Assert.Single(node.Take<GivenRoll>());
    }
}
