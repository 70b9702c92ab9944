using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>How nodes notice that a shard's home and the nodes of its connections differ.</summary>
public sealed class DigestTests
{
    private readonly TestNode _node = TestNode.Among(2);

    [Fact]
    public void A_node_that_is_up_sends_one_for_each_shard_within_a_second()
    {
        _node.Advance(1_000);

        Assert.Equal(Enumerable.Range(0, Shards.Count), _node.Take<Digest>().Where(digest => digest.Count == 0).Select(digest => digest.Shard).Distinct().Order());
    }

    [Fact]
    public void Then_each_comes_once_a_minute_evenly()
    {
        var node = TestNode.Among();
        node.Advance(1_200);
        node.Take<Digest>();

        for (var second = 0; second < 60; second++)
        {
            node.Advance(1_000);
            Assert.Equal(5, node.Take<Digest>().Length);
        }
    }

    [Fact]
    public void The_shards_that_matter_here_are_sent_one_at_once_when_a_node_has_left_and_when_it_is_lost()
    {
        _node.MembersAre(1, 2, 3);
        _node.Renew(2, 3);
        _node.Receive(Some.Granted(Some.Standing(1, 10)));
        _node.Advance(1_000);
        _node.Take<Digest>();

        _node.MembersAre(1, 2);
        _node.Advance(0);
        Assert.Equal([(Some.Shard, 1)], _node.Take<Digest>().Select(digest => (digest.Shard, digest.Count)));
        _node.MembersAre(TestNode.Up(1), TestNode.Up(2), TestNode.Up(3) with { Uid = 33 });
        _node.Advance(50);
        Assert.Contains(_node.Take<Digest>(), digest => digest.Shard == Some.Shard);
    }

    [Fact]
    public void It_says_what_the_addresses_of_a_healthy_shard_know_too()
    {
        var home = Called(Some.Standing(2, 20, call: 0), Some.Standing(2, 21, call: 0, key: Some.Neighbour));
        home.State.Receive(new StandingChanged(Some.Key, Some.Name(2, 22), Stands: true), home.Now);
        home.State.Receive(new StandingChanged(Some.Key, Some.Name(2, 20), Stands: false), home.Now);

        var digest = DigestOf(Some.Standing(2, 22), Some.Standing(2, 21, key: Some.Neighbour));
        for (var i = 0; i < 3; i++)
            home.State.Receive(digest, home.Now);

        Assert.Empty(home.TakeLetters<RollCall>());
    }

    [Fact]
    public void A_difference_that_stays_the_same_has_the_roll_called_again()
    {
        var home = Called(Some.Standing(2, 20, call: 0));
        var digest = DigestOf(Some.Standing(2, 21));

        home.State.Receive(digest, home.Now);
        Assert.Empty(home.TakeLetters<RollCall>());
        home.State.Receive(digest, home.Now);

        Assert.Equal([new TakenRoll(Some.Address)], home.Take<TakenRoll>());
        Assert.Equal([(2, new RollCall(Some.Shard, new Incarnation(2, 1)))], home.TakeLetters<RollCall>());
    }

    [Fact]
    public void A_difference_that_is_another_one_each_time_is_something_under_way()
    {
        var home = Called();
        Digest first = DigestOf(Some.Standing(2, 20)), second = DigestOf(Some.Standing(2, 21)), none = DigestOf();

        foreach (var digest in new[] { first, second, first, none, first, second })
            home.State.Receive(digest, home.Now);
        home.State.Receive(new StandingChanged(Some.Key, Some.Name(2, 22), Stands: true), home.Now);
        home.State.Receive(second, home.Now);

        Assert.Empty(home.TakeLetters<RollCall>());
    }

    [Fact]
    public void The_digest_of_a_shard_that_has_no_roll_has_it_called()
    {
        _node.State.Receive(DigestOf(), _node.Now);
        Assert.Equal([(2, new RollCall(Some.Shard, new Incarnation(1, 1)))], _node.TakeLetters<RollCall>());
        _node.AnswerRollCall(2, Some.Standing(2, 20, call: 0));

        _node.State.Receive(new AddressStarted(Some.Key, Some.Address), _node.Now);

        Assert.Equal([new GivenRoll(Some.Address, new Incarnation(1, 1), "2.20")], _node.Take<GivenRoll>());
    }

    // What node 2 would send that holds these.
    private static Digest DigestOf(params Standing[] standings)
    {
        var other = new TestNode(self: 2);
        other.MembersAre(1, 2);
        other.Receive([.. standings.Select(Some.Granted)]);
        other.Advance(1_000);
        return other.Take<Digest>().First(digest => digest.Shard == Some.Shard);
    }

    private static TestNode Called(params Standing[] atNode2)
    {
        var node = TestNode.Among(2);
        node.State.Receive(new AddressStarted(Some.Key, Some.Address), node.Now);
        node.AnswerRollCall(2, atNode2);
        node.Take<object>();
        return node;
    }
}
