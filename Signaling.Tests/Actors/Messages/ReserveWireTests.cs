using Signaling.Actors.Messages;
using Signaling.Actors.Messages.Wire;
using Xunit;
using Reserve = Signaling.Actors.Messages.Reserve;
using WireReserve = Signaling.Actors.Messages.Wire.Reserve;

namespace Signaling.Tests.Actors.Messages;

/// <summary>A request for an address of a node that knows less, or more.</summary>
public sealed class ReserveWireTests
{
    private static readonly Reserve Plain = new("key", new ReservationName(new ConnectionUid(1, 2), 3), Shared: false);

    [Fact]
    public void One_of_an_earlier_version_takes_nothing_over_for_nobody_and_has_no_limit() => Assert.Equal(Plain, RequestWire.Read(Wire()));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void A_policy_that_is_unknown_takes_nothing_over(int policy)
    {
        var wire = Wire();
        wire.Takeover = policy;

        Assert.Equal(Plain, RequestWire.Read(wire));
    }

    [Fact]
    public void A_limit_that_makes_no_sense_is_none()
    {
        var wire = Wire();
        wire.MostListeners = -1;

        Assert.Equal(Plain, RequestWire.Read(wire));
    }

    private static WireReserve Wire() => new() { Key = "key", Reservation = Plain.Reservation.ToWire() };
}
