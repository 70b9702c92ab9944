using Signaling.Actors.Messages;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>What a node does about grants, questions after them, and their end.</summary>
public sealed class GrantTests
{
    private static readonly Standing Standing = Some.Standing(TestNode.Self, 10);
    private static readonly ReservationName Name = Standing.Name;
    private static readonly AddressUid Granter = Some.Granted(Standing).Granter;
    private static readonly ReservationName Contender = Some.Name(2, 20);
    private readonly TestNode _node = TestNode.Among(2, 3);

    [Fact]
    public void A_grant_is_confirmed_and_handed_to_its_connection()
    {
        var granted = Some.Granted(Standing);

        _node.Receive(granted);

        Assert.Equal([new ToAddress(Granter, new HoldAnswer(Name, Standing.Rank, null, Stands: true))], _node.Take<ToAddress>());
        Assert.Same(granted, Assert.Single(_node.Take<ToConnection>()).Letter);
        Assert.Equal(1, _node.State.Reservations);
        Assert.True(_node.State.IsIdle);
    }

    [Fact]
    public void A_repeated_grant_is_the_same_one()
    {
        _node.Receive(Some.Granted(Standing), Some.Granted(Standing));

        Assert.Equal(2, _node.Take<ToConnection>().Length);
        Assert.Equal(1, _node.State.Reservations);
    }

    [Fact]
    public void Who_asks_hears_whether_a_reservation_stands()
    {
        _node.Receive(Some.Granted(Standing));
        _node.Take<object>();

        _node.Receive(new HoldQuestion(Name, Standing.Rank, Contender, Granter), new HoldQuestion(Some.Name(1, 11), Standing.Rank, null, Granter));

        Assert.Equal(
            [new HoldAnswer(Name, Standing.Rank, Contender, Stands: true), new HoldAnswer(Some.Name(1, 11), Standing.Rank, null, Stands: false)],
            _node.Take<ToAddress>().Select(told => (HoldAnswer)told.Letter));
    }

    [Fact]
    public void A_grant_from_before_the_roll_call_that_was_answered_is_ignored_and_its_home_told()
    {
        _node.Receive(new RollCall(Some.Shard, new Incarnation(2, 3)));
        _node.Take<object>();

        _node.Receive(Some.Granted(Standing));

        Assert.Equal([new ToNode(2, new RollRefused(1, Some.Shard, new Incarnation(1, 2), new Incarnation(2, 3)))], _node.Take<object>());
        Assert.Equal(0, _node.State.Reservations);
    }

    [Fact]
    public void What_was_said_not_to_stand_never_does_though_its_grant_was_under_way()
    {
        _node.Receive(new HoldQuestion(Name, Standing.Rank, Contender, Granter));
        _node.Take<object>();

        _node.Receive(Some.Granted(Standing));

        Assert.Equal([new ToAddress(Granter, new HoldAnswer(Name, Standing.Rank, null, Stands: false))], _node.Take<object>());
        Assert.Equal(0, _node.State.Reservations);
    }

    [Fact]
    public void Nobody_remembers_for_long_what_was_said_not_to_stand()
    {
        var node = TestNode.Among();
        node.MembersAre(1);
        node.Receive(new HoldQuestion(Name, Standing.Rank, Contender, Some.Address));
        node.Advance(60_000);
        node.Receive(new HoldQuestion(Some.Name(1, 12), Standing.Rank, null, Some.Address));
        node.Advance(60_000);
        node.Receive(new HoldQuestion(Some.Name(1, 11), Standing.Rank, null, Some.Address));

        node.Receive(new Granted(Standing, Some.Address, [], 0, 0));

        Assert.Equal(1, node.State.Reservations);
    }

    [Fact]
    public void A_grant_by_a_node_that_has_left_is_ignored()
    {
        _node.MembersAre(1, 3);
        _node.Take<object>();

        _node.Receive(Some.Granted(Standing));

        Assert.Empty(_node.Take<object>());
    }

    [Fact]
    public void A_grant_of_what_was_given_back_meanwhile_does_not_stand()
    {
        _node.State.Receive(new GivenBack(Some.Key, Name), _node.Now);
        _node.Take<object>();

        _node.Receive(Some.Granted(Standing));

        Assert.Equal([new ToAddress(Granter, new HoldAnswer(Name, Standing.Rank, null, Stands: false))], _node.Take<object>());
        Assert.Equal(0, _node.State.Reservations);
    }

    [Fact]
    public void A_grant_whose_connection_is_gone_is_given_back()
    {
        _node.Receive(Some.Granted(Standing));
        _node.Take<object>();

        _node.State.Receive(new Undeliverable(TestNode.Self, 10, Some.Granted(Standing)), _node.Now);

        Assert.Equal([new Release(Some.Key, Name)], _node.Take<object>());
        Assert.Equal(0, _node.State.Reservations);
    }

    [Fact]
    public void A_release_is_repeated_until_it_is_answered()
    {
        _node.Receive(Some.Granted(Standing));
        _node.Renew(2);
        _node.State.Receive(new GivenBack(Some.Key, Name), _node.Now);
        _node.State.Receive(new GivenBack(Some.Key, Name), _node.Now);
        Assert.Equal(0, _node.State.Reservations);
        Assert.False(_node.State.IsIdle);

        _node.Advance(2_999);
        Assert.Equal([.. Enumerable.Repeat(new Release(Some.Key, Name), 3)], _node.Take<Release>());
        _node.Receive(new Released(Some.Key, Name, new Incarnation(0, 0)));

        Assert.True(_node.State.IsIdle);
        _node.Advance(3_000);
        Assert.Empty(_node.Take<Release>());
    }

    [Fact]
    public void A_release_that_an_earlier_life_of_the_address_has_answered_is_repeated()
    {
        _node.Receive(Some.Granted(Standing));
        _node.Receive(new RollCall(Some.Shard, new Incarnation(2, 3))); // the reservation has been named in answer to it
        _node.State.Receive(new GivenBack(Some.Key, Name), _node.Now);

        _node.Receive(new Released(Some.Key, Name, new Incarnation(1, 2)));
        Assert.Equal([2], _node.TakeLetters<RollRefused>().Select(refused => refused.To));
        Assert.False(_node.State.IsIdle);
        _node.Receive(new Released(Some.Key, Name, new Incarnation(2, 3)));
        Assert.True(_node.State.IsIdle);
    }

    [Fact]
    public void All_reservations_of_a_connection_that_ends_are_given_back()
    {
        var second = Some.Standing(TestNode.Self, 10, key: Some.Neighbour) with { Name = Some.Name(TestNode.Self, 10, request: 2) };
        _node.Receive(Some.Granted(Standing), Some.Granted(second), Some.Granted(Some.Standing(TestNode.Self, 11)));

        _node.State.Receive(new ConnectionEnded(Name.Connection, []), _node.Now);

        Assert.Equal([new Release(Some.Key, Name), new Release(Some.Neighbour, second.Name)], _node.Take<Release>());
        Assert.Equal(1, _node.State.Reservations);
    }

    [Fact]
    public void A_reservation_that_is_to_make_way_stands_until_its_connection_gives_it_back()
    {
        _node.Receive(Some.Granted(Standing));
        _node.Take<object>();

        _node.Receive(MakeWay(Standing.Rank), MakeWay(Standing.Rank));

        Assert.Equal([.. Enumerable.Repeat(new ToConnection(Name.Connection, new Revoked(Name)), 2)], _node.Take<object>());
        Assert.Equal(1, _node.State.Reservations);
        _node.State.Receive(new GivenBack(Some.Key, Name), _node.Now);
        Assert.Equal([new Release(Some.Key, Name)], _node.Take<object>());
    }

    [Fact]
    public void One_that_was_given_back_already_has_made_way()
    {
        _node.Receive(Some.Granted(Standing));
        _node.State.Receive(new GivenBack(Some.Key, Name), _node.Now);
        _node.Take<object>();

        _node.Receive(MakeWay(Standing.Rank));

        Assert.Equal([new ToAddress(Granter, new HoldAnswer(Name, Standing.Rank, Contender, Stands: false))], _node.Take<object>());
    }

    [Fact]
    public void The_word_to_make_way_is_for_one_grant_and_no_later_one_of_the_same_reservation()
    {
        var earlier = Standing.Rank with { Grant = 0 };
        _node.Receive(Some.Granted(Standing));
        _node.Take<object>();

        _node.Receive(MakeWay(earlier));

        Assert.Equal([new ToAddress(Granter, new HoldAnswer(Name, earlier, Contender, Stands: true))], _node.Take<object>());
        Assert.Equal(1, _node.State.Reservations);
    }

    // A lost grant that is repeated must not be taken after the address has gone to another.
    [Fact]
    public void A_grant_that_was_to_make_way_before_it_came_never_stands()
    {
        _node.Receive(MakeWay(Standing.Rank));
        _node.Take<object>();

        _node.Receive(Some.Granted(Standing));

        Assert.Equal([new ToAddress(Granter, new HoldAnswer(Name, Standing.Rank, null, Stands: false))], _node.Take<object>());
        Assert.Equal(0, _node.State.Reservations);
    }

    [Fact]
    public void A_reservation_that_has_to_give_way_is_taken_from_its_connection_and_is_an_error()
    {
        _node.Receive(Some.Granted(Standing));
        _node.Take<object>();

        _node.Receive(new Revoked(Name), new Revoked(Name));

        Assert.Equal([new Conflict(Name), new ToConnection(Name.Connection, new Revoked(Name))], _node.Take<object>());
        Assert.Equal(0, _node.State.Reservations);
        Assert.True(_node.State.IsIdle);
    }

    private static HoldQuestion MakeWay(Rank rank) => new(Name, rank, Contender, Granter, MakesWay: true);
}
