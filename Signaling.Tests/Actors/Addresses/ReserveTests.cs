using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Addresses.TestAddress;

namespace Signaling.Tests.Actors.Addresses;

public sealed class ReserveTests
{
    private static readonly ReservationName First = new(Alice, 1);
    private static readonly ReservationName Second = new(Bob, 4);
    private static readonly ReservationName Third = new(Carol, 2);
    private readonly TestAddress _address = new();

    [Fact]
    public void A_free_address_is_granted()
    {
        Assert.True(_address.IsEmpty);
        Assert.Equal([Grants(First, 1)], _address.Reserves(First));
        Assert.False(_address.IsEmpty);
        Assert.Equal([(First, true)], _address.TakeChanges());
    }

    [Fact]
    public void A_repeated_request_gets_the_same_grant()
    {
        _address.Reserves(First);

        Assert.Equal([Grants(First, 1)], _address.Reserves(First));
        Assert.Equal([(First, true)], _address.TakeChanges());
    }

    [Fact]
    public void A_released_address_is_free()
    {
        _address.HeldBy(First);

        Assert.Equal([Frees(First)], _address.Releases(First));
        Assert.True(_address.IsEmpty);
        Assert.Equal([Grants(Second, 2)], _address.Reserves(Second));
        Assert.Equal([(First, true), (First, false), (Second, true)], _address.TakeChanges());
    }

    [Fact]
    public void A_release_is_answered_though_the_reservation_is_unknown()
    {
        Assert.Equal([Frees(First)], _address.Releases(First));
        Assert.Equal([Frees(First)], _address.Releases(First));
        Assert.Empty(_address.TakeChanges());
    }

    [Fact]
    public void A_release_ends_no_other_reservation_of_the_same_connection()
    {
        _address.HeldBy(First);

        Assert.Equal([Frees(First with { Request = 0 })], _address.Releases(First with { Request = 0 }));
        Assert.False(_address.IsEmpty);
    }

    [Fact]
    public void A_request_that_is_overtaken_by_its_own_release_is_not_granted()
    {
        _address.Releases(First);

        Assert.Empty(_address.Reserves(First));
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_request_older_than_the_last_of_its_connection_is_ignored()
    {
        _address.HeldBy(First with { Request = 7 });
        _address.Releases(First with { Request = 7 });

        Assert.Empty(_address.Reserves(First with { Request = 6 }));
        Assert.Empty(_address.Connects(new LinkName(Alice, 5)));
    }

    [Fact]
    public void A_newer_request_of_the_holder_gives_the_older_one_back()
    {
        _address.HeldBy(First);

        Assert.Equal([Grants(First with { Request = 2 }, 2)], _address.Reserves(First with { Request = 2 }));
        Assert.Equal([(First, true), (First, false), (First with { Request = 2 }, true)], _address.TakeChanges());
    }

    [Fact]
    public void The_holder_s_node_is_asked_before_another_is_denied()
    {
        _address.HeldBy(First);

        Assert.Equal([Asks(First, Second)], _address.Reserves(Second));
        Assert.True(_address.NeedsTick);
        Assert.Equal([Denies(Second)], _address.Answers(First, Second, stands: true));
        Assert.False(_address.NeedsTick);
    }

    [Fact]
    public void A_repeated_request_is_denied_again_without_asking()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);
        _address.Answers(First, Second, stands: true);

        Assert.Equal([Denies(Second)], _address.Reserves(Second));
        _address.Releases(First);
        Assert.Equal([Denies(Second)], _address.Reserves(Second));
    }

    [Fact]
    public void A_holder_that_holds_no_more_frees_the_address()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);

        Assert.Equal([Grants(Second, 2)], _address.Answers(First, Second, stands: false));
        Assert.Equal([Asks(Second, Third, grant: 2)], _address.Reserves(Third));
    }

    [Fact]
    public void A_repeated_request_asks_the_holder_s_node_once()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);

        Assert.Empty(_address.Reserves(Second));
    }

    [Fact]
    public void A_holder_whose_node_keeps_silent_keeps_the_address()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);

        Assert.Empty(_address.Passes(AddressState.QuestionTimeout - 1));
        Assert.Equal([Denies(Second)], _address.Passes(1));
        Assert.False(_address.NeedsTick);
        Assert.Empty(_address.Answers(First, Second, stands: true));
        Assert.Equal([Asks(First, Third)], _address.Reserves(Third));
    }

    [Fact]
    public void An_answer_that_comes_too_late_still_frees_the_address()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);
        _address.Passes(AddressState.QuestionTimeout);

        Assert.Empty(_address.Answers(First, Second, stands: false));
        Assert.Equal([Grants(Third, 2)], _address.Reserves(Third));
    }

    [Fact]
    public void Of_several_contenders_the_first_that_is_answered_for_gets_it()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);
        _address.Reserves(Third);

        Assert.Equal([Grants(Third, 2)], _address.Answers(First, Third, stands: false));
        Assert.Equal([Asks(Third, Second, grant: 2)], _address.Answers(First, Second, stands: false));
        Assert.Equal([Denies(Second)], _address.Answers(Third, Second, stands: true));
    }

    [Fact]
    public void An_answer_about_an_earlier_holder_frees_nobody_else_s()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);
        _address.Answers(First, Second, stands: false);

        Assert.Empty(_address.Answers(First, Third, stands: false));
        Assert.Equal([Grants(Second, 2)], _address.Reserves(Second));
    }

    [Fact]
    public void A_holder_that_releases_while_its_node_is_asked_makes_way()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);
        _address.Reserves(Third);

        Assert.Equal([Frees(First), Grants(Second, 2)], _address.Releases(First));
        Assert.Empty(_address.Answers(Second, contender: null, stands: true));
        Assert.Equal([Denies(Third)], _address.Passes(AddressState.QuestionTimeout));
    }

    [Fact]
    public void A_contender_that_gives_up_is_not_granted()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);

        Assert.Equal([Frees(Second)], _address.Releases(Second));
        Assert.Empty(_address.Answers(First, Second, stands: false));
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_lost_node_frees_what_its_connections_held()
    {
        _address.HeldBy(First);

        Assert.Empty(_address.Loses(Bob.Node));
        Assert.False(_address.IsEmpty);
        Assert.Empty(_address.Loses(Alice.Node));
        Assert.True(_address.IsEmpty);
        Assert.Equal([(First, true), (First, false)], _address.TakeChanges());
    }

    [Fact]
    public void A_contender_gets_what_a_lost_node_has_freed()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);

        Assert.Equal([Grants(Second, 2)], _address.Loses(Alice.Node));
    }

    [Fact]
    public void A_contender_on_a_lost_node_is_forgotten()
    {
        _address.HeldBy(First);
        _address.Reserves(Second);
        _address.Loses(Bob.Node);

        Assert.False(_address.NeedsTick);
        Assert.Empty(_address.Answers(First, Second, stands: false));
        Assert.True(_address.IsEmpty);
    }
}
