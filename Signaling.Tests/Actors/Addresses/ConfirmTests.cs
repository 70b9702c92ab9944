using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Addresses.TestAddress;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>Grants whose arrival is not sure.</summary>
public sealed class ConfirmTests
{
    private static readonly ReservationName First = new(Alice, 1);
    private static readonly ReservationName Second = new(Bob, 4);
    private readonly TestAddress _address = new();

    [Fact]
    public void The_node_of_a_grant_is_asked_each_second_until_it_confirms()
    {
        _address.Reserves(First);

        Assert.Empty(_address.Passes(AddressState.QuestionTimeout - 1));
        Assert.Equal([Asks(First)], _address.Passes(1));
        Assert.Equal([Asks(First), Asks(First)], _address.Passes(2 * AddressState.QuestionTimeout));
        Assert.Empty(_address.Answers(First, contender: null, stands: true));
        Assert.False(_address.NeedsTick);
    }

    [Fact]
    public void An_answer_for_a_contender_confirms_too()
    {
        _address.Reserves(First);
        _address.Reserves(Second);
        _address.Answers(First, Second, stands: true);

        Assert.False(_address.NeedsTick);
    }

    [Fact]
    public void A_grant_that_has_not_arrived_is_free()
    {
        _address.Reserves(First);
        _address.Answers(First, contender: null, stands: false);

        Assert.True(_address.IsEmpty);
        Assert.Equal([(First, true), (First, false)], _address.TakeChanges());
        Assert.Equal([Grants(Second, 2)], _address.Reserves(Second));
    }

    [Fact]
    public void One_whose_grant_was_lost_may_ask_for_it_again()
    {
        _address.Reserves(First);
        _address.Answers(First, contender: null, stands: false);

        Assert.Equal([Grants(First, 2)], _address.Reserves(First));
    }

    [Fact]
    public void One_whose_grant_was_lost_and_that_has_released_it_may_not()
    {
        _address.Reserves(First);
        _address.Answers(First, contender: null, stands: false);
        _address.Releases(First);

        Assert.Empty(_address.Reserves(First));
    }

    [Fact]
    public void Nobody_is_asked_about_what_is_released_or_on_a_lost_node()
    {
        _address.Reserves(First);
        _address.Releases(First);
        _address.Reserves(Second);
        _address.Loses(Bob.Node);

        Assert.False(_address.NeedsTick);
    }
}
