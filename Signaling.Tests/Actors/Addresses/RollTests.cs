using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Addresses.TestAddress;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>An address answers only when the roll of its shard has been called.</summary>
public sealed class RollTests
{
    private static readonly ReservationName First = new(Alice, 1);
    private static readonly ReservationName Second = new(Bob, 4);
    private static readonly ReservationName Third = new(Carol, 2);
    private static readonly LinkName Link = new(Bob, 5);
    private static readonly Incarnation SecondCall = new(2, Self.Node);
    private readonly TestAddress _address = new(called: false);

    [Fact]
    public void Before_it_nothing_is_answered_and_all_is_kept()
    {
        Assert.True(_address.IsEmpty);
        Assert.Empty(_address.Gets(new Reserve(Key, First, Shared: false), new Connect(Key, Link), new Release(Key, Second)));
        Assert.False(_address.IsEmpty);

        Assert.Equal(
            [Grants(First, 1), new Told(Alice, new Offer(Link, First, Self)), Frees(Second)],
            _address.IsTold(new Roll(FirstCall, [])));
    }

    [Fact]
    public void Repeats_are_kept_once()
    {
        _address.Reserves(First);
        _address.Reserves(First);

        Assert.Equal([Grants(First, 1)], _address.IsTold(new Roll(FirstCall, [])));
    }

    [Fact]
    public void It_is_asked_for_each_second_while_a_request_waits()
    {
        _address.Reserves(First);
        _address.Connects(Link);
        Assert.Equal(1, _address.Asked);

        _address.Passes(AddressState.QuestionTimeout - 1);
        Assert.Equal(1, _address.Asked);
        _address.Passes(1);
        Assert.Equal(2, _address.Asked);

        _address.IsTold(new Roll(FirstCall, []));
        _address.Passes(10 * AddressState.QuestionTimeout);
        Assert.Equal(2, _address.Asked);
    }

    // The roll may have waited for just that: nobody would ever give back what it would be granted now.
    [Fact]
    public void Requests_of_a_node_that_is_lost_meanwhile_are_forgotten()
    {
        _address.Gets(new Reserve(Key, First, Shared: false), new Release(Key, First), new Reserve(Key, Second, Shared: false));
        _address.Gets(new Connect(Key, new LinkName(Alice, 2)), new Join(Key, new LinkName(Alice, 3, 1), Second));
        _address.Loses(Alice.Node);

        Assert.Equal([Grants(Second, 1)], _address.IsTold(new Roll(FirstCall, [])));
    }

    [Fact]
    public void Frames_need_none()
    {
        var frame = new LinkFrame(Link, Bob, Alice, 1, new byte[] { 2, 0, 0, 64 }, More: false);

        Assert.Equal([new Told(Alice, frame)], _address.Gets(frame));
        Assert.Equal(0, _address.Asked);
    }

    [Fact]
    public void Who_stands_holds_the_address()
    {
        _address.IsTold(new Roll(SecondCall, [StandingOf(First, 5)]));

        Assert.False(_address.IsEmpty);
        Assert.False(_address.NeedsTick);
        Assert.Equal([Asks(First, Second, grant: 5)], _address.Reserves(Second));
        Assert.Equal([new Told(Alice.Node, GrantOf(StandingOf(First, 5)))], _address.Reserves(First));
    }

    [Fact]
    public void What_is_granted_then_ranks_behind_all_that_stands()
    {
        _address.IsTold(new Roll(SecondCall, [StandingOf(First, 5, shared: true)]));
        var standing = new Standing(Key, Second, new Rank(SecondCall, 1), Shared: true);

        Assert.Equal([new Told(Bob.Node, GrantOf(standing, First))], _address.Reserves(Second, shared: true));
    }

    [Fact]
    public void Of_two_claims_the_one_of_the_higher_rank_is_revoked()
    {
        Assert.Equal(
            [new Told(Bob.Node, new Revoked(Second))],
            _address.IsTold(new Roll(SecondCall, [StandingOf(First, 1), StandingOf(Second, 2)])));
        Assert.Equal([(Second, false)], _address.TakeChanges());
        Assert.Equal([Asks(First, Third)], _address.Reserves(Third));
    }

    [Fact]
    public void Of_two_reservations_of_one_connection_the_one_of_the_higher_rank_is_revoked() =>
        Assert.Equal(
            [new Told(Alice.Node, new Revoked(First with { Request = 2 }))],
            _address.IsTold(new Roll(
                SecondCall, [StandingOf(First, 1, shared: true), StandingOf(First with { Request = 2 }, 2, shared: true)])));

    [Fact]
    public void A_shared_address_is_all_theirs_who_stand()
    {
        Assert.Empty(_address.IsTold(new Roll(FirstCall, [StandingOf(First, 1, shared: true), StandingOf(Second, 2, shared: true)])));
        Assert.Equal([new Told(Bob, new Refused(Link with { Initiator = Bob }))], _address.Connects(Link));
    }

    [Fact]
    public void A_later_roll_takes_the_place_of_what_was_known()
    {
        var address = new TestAddress().HeldBy(First);
        address.TakeChanges();

        address.IsTold(new Roll(SecondCall, [StandingOf(Second, 7)]));

        Assert.Empty(address.TakeChanges());
        Assert.Equal([Asks(Second, First with { Request = 2 }, grant: 7)], address.Reserves(First with { Request = 2 }));
    }

    [Fact]
    public void When_it_is_over_nothing_is_answered_until_the_next()
    {
        var address = new TestAddress().HeldBy(First);
        address.Reserves(Second);
        address.RollIsOver();

        Assert.Empty(address.Answers(First, Second, stands: false));
        Assert.Empty(address.Reserves(Second));
        Assert.Equal(1, address.Asked);
        Assert.Equal([Asks(First, Second)], address.IsTold(new Roll(SecondCall, [StandingOf(First, 1)])));
    }

    [Fact]
    public void When_it_is_over_nobody_is_denied_or_asked()
    {
        var address = new TestAddress();
        address.Reserves(First);
        address.Reserves(Second);
        address.RollIsOver();

        Assert.Empty(address.Passes(10 * AddressState.QuestionTimeout));
        Assert.Equal(0, address.Asked);
    }

    // What would end as empty would often end with the next roll in its hands, and that roll had to be called again.
    [Fact]
    public void When_it_is_over_the_next_tells_whether_the_address_is_empty()
    {
        var address = new TestAddress();
        Assert.True(address.IsEmpty);
        address.RollIsOver();

        Assert.False(address.IsEmpty);
        address.IsTold(new Roll(SecondCall, []));
        Assert.True(address.IsEmpty);
    }

    [Fact]
    public void Links_outlast_it()
    {
        var address = new TestAddress().HeldBy(First);
        address.Connects(Link);
        address.RollIsOver();

        Assert.False(address.IsEmpty);
        address.IsTold(new Roll(SecondCall, []));
        Assert.Equal([new Told(Alice, new Offer(Link, First, Self))], address.Connects(Link));
    }

    [Fact]
    public void Who_was_there_before_it_may_ask_again()
    {
        var address = new TestAddress();
        address.Reserves(First);
        address.RollIsOver();
        address.IsTold(new Roll(FirstCall, []));

        Assert.Equal([Grants(First, 1)], address.Reserves(First));
    }
}
