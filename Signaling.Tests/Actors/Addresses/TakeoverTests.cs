using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Addresses.TestAddress;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>An address whose holder has to make way for another.</summary>
public sealed class TakeoverTests
{
    private static readonly Owner Owner = new(1, 2);
    private static readonly ReservationName First = new(Alice, 1);
    private static readonly ReservationName Second = new(Bob, 4);
    private static readonly ReservationName Third = new(Carol, 2);
    private readonly TestAddress _address = new();

    [Fact]
    public void The_newest_gets_it_when_the_holder_has_given_it_back()
    {
        _address.HeldBy(First);

        Assert.Equal([MakesWay(First, Second)], _address.Gets(Newest(Second)));
        Assert.Equal([Frees(First), Grants(Second, 2)], _address.Releases(First));
    }

    [Fact]
    public void Until_then_it_is_granted_to_nobody()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));

        Assert.DoesNotContain(_address.Passes(AddressState.TakeoverTimeout - 1), told => told.Letter.StartsWith(nameof(Granted), StringComparison.Ordinal));
        Assert.Equal([Denies(Second)], _address.Passes(1));
        Assert.Equal([Frees(First)], _address.Releases(First));
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_repeated_request_tells_the_holder_again_and_waits_no_longer_for_it()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));
        _address.Passes(AddressState.TakeoverTimeout - 1);

        Assert.Equal([MakesWay(First, Second)], _address.Gets(Newest(Second)));
        Assert.Equal([Denies(Second)], _address.Passes(1));
        Assert.Equal([Denies(Second)], _address.Gets(Newest(Second)));
    }

    [Fact]
    public void The_same_owner_wins_and_no_other()
    {
        _address.Gets(SameOwner(First, Owner));
        _address.Answers(First, contender: null, stands: true);

        Assert.Equal([Asks(First, Second)], _address.Gets(SameOwner(Second, new Owner(1, 3))));
        Assert.Equal([Denies(Second)], _address.Answers(First, Second, stands: true));
        Assert.Equal([MakesWay(First, Third)], _address.Gets(SameOwner(Third, Owner)));
    }

    [Fact]
    public void Nobody_in_particular_is_nobody_s_owner()
    {
        _address.HeldBy(First);

        Assert.Equal([Asks(First, Second)], _address.Gets(SameOwner(Second, default)));
    }

    [Fact]
    public void The_owner_of_a_reservation_outlives_a_roll_call()
    {
        _address.RollIsOver();
        _address.IsTold(new Roll(new Incarnation(2, Self.Node), [StandingOf(First, 1) with { Owner = Owner }]));

        Assert.Equal([MakesWay(First, Second)], _address.Gets(SameOwner(Second, Owner)));
    }

    [Fact]
    public void Who_shares_the_address_makes_way_for_nobody()
    {
        _address.HeldBy(First, shared: true);

        Assert.Equal([Asks(First, Second)], _address.Gets(Newest(Second)));
    }

    [Fact]
    public void Of_two_who_win_each_gets_it_in_its_turn()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));
        _address.Gets(Newest(Third));

        Assert.Equal([Frees(First), Grants(Second, 2), MakesWay(Second, Third, grant: 2)], _address.Releases(First));
        Assert.Equal([Frees(Second), Grants(Third, 3)], _address.Releases(Second));
    }

    [Fact]
    public void One_who_does_not_win_over_the_next_holder_either_is_denied_in_its_time()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));
        _address.Gets(SameOwner(Third, Owner));

        Assert.Equal([Frees(First), Grants(Second, 2)], _address.Releases(First));
        _address.Answers(Second, contender: null, stands: true);
        Assert.Equal([Denies(Third)], _address.Passes(AddressState.TakeoverTimeout));
        _address.Releases(Second);
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_contender_that_gives_up_is_not_granted_what_the_holder_gives_back()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));

        Assert.Equal([Frees(Second)], _address.Releases(Second));
        Assert.Equal([Frees(First)], _address.Releases(First));
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_contender_whose_node_is_lost_is_not_granted_what_the_holder_gives_back()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));
        _address.Loses(Bob.Node);

        Assert.Equal([Frees(First)], _address.Releases(First));
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_holder_that_gave_it_back_by_itself_has_made_way()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));

        Assert.Equal([Grants(Second, 2)], _address.Answers(First, Second, stands: false));
        Assert.Equal([Frees(First)], _address.Releases(First));
        Assert.Equal([Grants(Second, 2)], _address.Gets(Newest(Second)));
    }

    [Fact]
    public void What_comes_late_of_the_old_holder_does_the_new_one_no_harm()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));
        _address.Releases(First);
        _address.Answers(Second, contender: null, stands: true);

        Assert.Equal([Frees(First)], _address.Releases(First));
        Assert.Empty(_address.Answers(First, Second, stands: false));
        Assert.Empty(_address.Gets(new HoldAnswer(Second, new Rank(FirstCall, 1), Contender: null, Stands: false)));
        Assert.Empty(_address.Gets(Newest(First)));
        Assert.Equal([Grants(Second, 2)], _address.Gets(Newest(Second)));
    }

    [Fact]
    public void A_holder_on_a_lost_node_makes_way()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));
        _address.Passes(AddressState.TakeoverTimeout - 1);

        Assert.Equal([Grants(Second, 2)], _address.Loses(Alice.Node));
    }

    // It does not know what it is asked, and says what it has always said.
    [Fact]
    public void A_holder_on_a_node_of_an_earlier_version_keeps_it()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));

        Assert.Equal([Denies(Second)], _address.Answers(First, Second, stands: true));
        Assert.False(_address.NeedsTick);
    }

    [Fact]
    public void Whoever_waits_when_the_shard_moves_asks_again()
    {
        _address.HeldBy(First);
        _address.Gets(Newest(Second));
        _address.RollIsOver();
        _address.IsTold(new Roll(new Incarnation(2, Self.Node), [StandingOf(First, 1)]));

        Assert.Equal([MakesWay(First, Second)], _address.Gets(Newest(Second)));
    }

    [Fact]
    public void A_holder_that_asks_anew_makes_way_anew()
    {
        var again = First with { Request = 2 };
        _address.HeldBy(First);
        _address.Gets(Newest(Second));

        Assert.Equal([Grants(again, 2)], _address.Gets(Newest(again)));
        Assert.Equal([MakesWay(again, Second, grant: 2)], _address.Answers(First, Second, stands: false));
        Assert.Equal([Frees(again), Grants(Second, 3)], _address.Releases(again));
    }

    private static Reserve Newest(ReservationName name) => new(Key, name, Shared: false, Takeover.NewestWins);

    private static Reserve SameOwner(ReservationName name, Owner owner) => new(Key, name, Shared: false, Takeover.SameTokenWins, owner);

    private static Told MakesWay(ReservationName held, ReservationName contender, long grant = 1) =>
        new(held.Connection.Node, new HoldQuestion(held, new Rank(FirstCall, grant), contender, Self, MakesWay: true));
}
