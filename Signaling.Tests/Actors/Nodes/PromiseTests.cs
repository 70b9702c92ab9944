using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>How a node answers the roll calls of others.</summary>
public sealed class PromiseTests
{
    private static readonly Incarnation Call = new(3, 2);
    private readonly TestNode _node = TestNode.Among(2, 3);

    [Fact]
    public void A_call_is_answered_though_there_is_nothing_to_name()
    {
        _node.Receive(new RollCall(Some.Shard, Call));

        var (to, answer) = Assert.Single(_node.TakeLetters<RollAnswer>());
        Assert.Equal((2, 1, Some.Shard, Call, 0, 0), (to, answer.From, answer.Shard, answer.Incarnation, answer.Skip, answer.Total));
        Assert.Empty(answer.Standings);
    }

    [Fact]
    public void The_reservations_of_that_shard_are_named_in_pages()
    {
        var elsewhere = Some.KeysOf((Some.Shard + 1) % Shards.Count).First();
        _node.Receive([.. Enumerable.Range(0, 650).Select(i => Some.Granted(Some.Standing(1, i)))]);
        _node.Receive(Some.Granted(Some.Standing(1, 1_000, key: elsewhere)));

        _node.Receive(new RollCall(Some.Shard, Call));

        RollAnswer[] pages = [.. _node.TakeLetters<RollAnswer>().Select(sent => sent.Letter)];
        Assert.Equal([(0, 250, 650), (250, 250, 650), (500, 150, 650)], pages.Select(page => (page.Skip, page.Standings.Count, page.Total)));
        Assert.Equal(650, pages.SelectMany(page => page.Standings).Select(standing => standing.Name).Distinct().Count());
        Assert.DoesNotContain(pages.SelectMany(page => page.Standings), standing => standing.Name.Connection.Number == 1_000);
    }

    [Fact]
    public void A_repeated_call_is_answered_again()
    {
        _node.Receive(new RollCall(Some.Shard, Call), new RollCall(Some.Shard, Call));

        Assert.Equal(2, _node.TakeLetters<RollAnswer>().Length);
    }

    [Fact]
    public void A_call_below_the_promised_one_is_refused()
    {
        _node.Receive(new RollCall(Some.Shard, Call), new RollCall(Some.Shard, new Incarnation(2, 3)));

        Assert.Equal([(3, new RollRefused(1, Some.Shard, new Incarnation(2, 3), Call))], _node.TakeLetters<RollRefused>());
    }

    [Fact]
    public void Of_two_calls_at_once_that_of_the_higher_uid_counts()
    {
        _node.Receive(new RollCall(Some.Shard, new Incarnation(3, 3)), new RollCall(Some.Shard, Call));

        Assert.Equal([(2, new RollRefused(1, Some.Shard, Call, new Incarnation(3, 3)))], _node.TakeLetters<RollRefused>());
    }

    [Fact]
    public void A_promise_is_one_shard_s()
    {
        _node.Receive(new RollCall(Some.Shard, Call), new RollCall((Some.Shard + 1) % Shards.Count, new Incarnation(1, 3)));

        Assert.Equal(2, _node.TakeLetters<RollAnswer>().Length);
    }

    [Fact]
    public void A_node_that_has_left_is_promised_nothing()
    {
        _node.Receive(new LeaseQuestion(2, 1, [], Farewell: true)); // so that nobody has to wait for it
        _node.MembersAre(1, 3);
        _node.Receive(new RollCall(Some.Shard, Call));

        _node.Receive(new RollCall(Some.Shard, new Incarnation(1, 3)));

        Assert.Equal([3], _node.TakeLetters<RollAnswer>().Select(answer => answer.To));
    }

    [Fact]
    public void Nobody_is_promised_anything_while_a_removed_node_may_still_hold_something()
    {
        _node.MembersAre(1, 3);

        _node.Receive(new RollCall(Some.Shard, new Incarnation(1, 3)));

        Assert.Empty(_node.TakeLetters<RollAnswer>());
    }

    [Fact]
    public void The_own_call_is_above_what_was_promised()
    {
        _node.Receive(new RollCall(Some.Shard, Call));

        _node.State.Receive(new AddressStarted(Some.Key, Some.Address), _node.Now);

        Assert.Equal(new Incarnation(4, 1), _node.TakeLetters<RollCall>()[0].Letter.Incarnation);
    }
}
