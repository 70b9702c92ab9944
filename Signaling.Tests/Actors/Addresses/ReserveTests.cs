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
        Assert.Equal([new Told(Alice, GrantOf(First))], _address.Reserves(First));
        Assert.False(_address.IsEmpty);
        Assert.False(_address.NeedsTick);
    }

    [Fact]
    public void A_repeated_request_gets_the_same_grant()
    {
        _address.Reserves(First);

        Assert.Equal([new Told(Alice, GrantOf(First))], _address.Reserves(First));
    }

    [Fact]
    public void A_released_address_is_free()
    {
        _address.Reserves(First);

        Assert.Empty(_address.Releases(First));
        Assert.True(_address.IsEmpty);
        Assert.Equal([new Told(Bob, GrantOf(Second))], _address.Reserves(Second));
    }

    [Fact]
    public void A_release_ends_no_other_reservation_of_the_same_connection()
    {
        _address.Reserves(First);

        _address.Releases(First with { Request = 0 });

        Assert.False(_address.IsEmpty);
    }

    [Fact]
    public void The_holder_is_asked_before_another_is_denied()
    {
        _address.Reserves(First);

        Assert.Equal([Question(First, Second)], _address.Reserves(Second));
        Assert.True(_address.NeedsTick);
        Assert.Equal([new Told(Bob, new Denied(Second))], _address.Answers(First, Second, stands: true));
        Assert.False(_address.NeedsTick);
    }

    [Fact]
    public void A_holder_that_holds_no_more_frees_the_address()
    {
        _address.Reserves(First);
        _address.Reserves(Second);

        Assert.Equal([new Told(Bob, GrantOf(Second))], _address.Answers(First, Second, stands: false));
        Assert.Equal([Question(Second, Third)], _address.Reserves(Third));
    }

    [Fact]
    public void A_repeated_request_asks_the_holder_once()
    {
        _address.Reserves(First);
        _address.Reserves(Second);

        Assert.Empty(_address.Reserves(Second));
    }

    [Fact]
    public void A_holder_that_keeps_silent_keeps_the_address()
    {
        _address.Reserves(First);
        _address.Reserves(Second);

        Assert.Empty(_address.TickAfter(AddressState.QuestionTimeout - 1));
        Assert.Equal([new Told(Bob, new Denied(Second))], _address.TickAfter(1));
        Assert.False(_address.NeedsTick);
        Assert.Empty(_address.Answers(First, Second, stands: true));
        Assert.Equal([Question(First, Third)], _address.Reserves(Third));
    }

    [Fact]
    public void An_answer_that_comes_too_late_still_frees_the_address()
    {
        _address.Reserves(First);
        _address.Reserves(Second);
        _address.TickAfter(AddressState.QuestionTimeout);

        Assert.Empty(_address.Answers(First, Second, stands: false));
        Assert.Equal([new Told(Carol, GrantOf(Third))], _address.Reserves(Third));
    }

    [Fact]
    public void Of_several_contenders_the_first_that_is_answered_for_gets_it()
    {
        _address.Reserves(First);
        _address.Reserves(Second);
        _address.Reserves(Third);

        Assert.Equal([new Told(Carol, GrantOf(Third))], _address.Answers(First, Third, stands: false));
        Assert.Equal([Question(Third, Second)], _address.Answers(First, Second, stands: false));
        Assert.Equal([new Told(Bob, new Denied(Second))], _address.Answers(Third, Second, stands: true));
    }

    [Fact]
    public void An_answer_about_an_earlier_holder_frees_nobody_else_s()
    {
        _address.Reserves(First);
        _address.Reserves(Second);
        _address.Answers(First, Second, stands: false);

        Assert.Empty(_address.Answers(First, Third, stands: false));
        Assert.Equal([new Told(Bob, GrantOf(Second))], _address.Reserves(Second));
    }

    [Fact]
    public void A_holder_that_releases_while_it_is_asked_makes_way()
    {
        _address.Reserves(First);
        _address.Reserves(Second);
        _address.Releases(First);

        Assert.False(_address.IsEmpty);
        Assert.Equal([new Told(Bob, GrantOf(Second))], _address.Answers(First, Second, stands: false));
    }

    [Fact]
    public void When_the_answer_of_a_holder_that_has_released_is_lost_the_contender_gets_the_address()
    {
        _address.Reserves(First);
        _address.Reserves(Second);
        _address.Reserves(Third);
        _address.Releases(First);

        Assert.Equal(
            [new Told(Bob, GrantOf(Second)), new Told(Carol, new Denied(Third))],
            _address.TickAfter(AddressState.QuestionTimeout));
    }

    [Fact]
    public void A_lost_node_frees_what_its_connections_held()
    {
        _address.Reserves(First);

        Assert.Empty(_address.Loses(Bob.Node));
        Assert.False(_address.IsEmpty);
        Assert.Empty(_address.Loses(Alice.Node));
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_contender_gets_what_a_lost_node_has_freed()
    {
        _address.Reserves(First);
        _address.Reserves(Second);
        _address.Loses(Alice.Node);

        Assert.Equal([new Told(Bob, GrantOf(Second))], _address.TickAfter(AddressState.QuestionTimeout));
    }

    [Fact]
    public void A_contender_on_a_lost_node_is_forgotten()
    {
        _address.Reserves(First);
        _address.Reserves(Second);
        _address.Loses(Bob.Node);

        Assert.False(_address.NeedsTick);
        Assert.Empty(_address.Answers(First, Second, stands: false));
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_shared_address_is_granted_to_all_with_those_who_were_there_before()
    {
        Assert.Equal([new Told(Alice, GrantOf(First))], _address.Reserves(First, shared: true));
        Assert.Equal([new Told(Bob, GrantOf(Second, First))], _address.Reserves(Second, shared: true));
        Assert.Equal([new Told(Carol, GrantOf(Third, First, Second))], _address.Reserves(Third, shared: true));
        Assert.False(_address.NeedsTick);
    }

    [Fact]
    public void A_repeated_request_for_a_shared_address_keeps_its_place()
    {
        _address.Reserves(First, shared: true);
        _address.Reserves(Second, shared: true);
        _address.Reserves(Third, shared: true);

        Assert.Equal([new Told(Bob, GrantOf(Second, First))], _address.Reserves(Second, shared: true));
    }

    [Fact]
    public void Who_leaves_a_shared_address_is_not_listed_any_more()
    {
        _address.Reserves(First, shared: true);
        _address.Reserves(Second, shared: true);
        _address.Releases(First);

        Assert.Equal([new Told(Carol, GrantOf(Third, Second))], _address.Reserves(Third, shared: true));
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(501, 2)]
    [InlineData(1000, 2)]
    [InlineData(1001, 3)]
    public void Many_who_were_there_before_come_in_pages(int count, int pages)
    {
        var earlier = Enumerable.Range(1, count).Select(i => new ReservationName(new ConnectionUid(1, i), 1)).ToArray();
        foreach (var name in earlier)
            _address.Reserves(name, shared: true);

        var told = _address.Reserves(Third, shared: true);

        Assert.Equal(pages, told.Length);
        Assert.Equal(
            earlier.Chunk(Granted.PageSize).Select((page, i) =>
                new Told(Carol, new Granted(Key, Third, page, i * Granted.PageSize, count))),
            told);
    }

    private static Told Question(ReservationName held, ReservationName contender) =>
        new(held.Connection, new HoldQuestion(held, contender, Self));
}
