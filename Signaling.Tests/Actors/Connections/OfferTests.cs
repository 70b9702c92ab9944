using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>Links that others ask for.</summary>
public sealed class OfferTests
{
    private static readonly Offer FirstOffer = new(LinkFromOther(5), Reservation(1), Relay);
    private static readonly Told FirstAccepted = new(Other, new Accepted(LinkFromOther(5), Self, Relay));
    private readonly TestConnection _connection = new();

    [Fact]
    public void A_holder_accepts_and_tells_its_peer()
    {
        _connection.Holding();

        Assert.Equal([new Wrote("6 16384"), FirstAccepted], _connection.Gets(FirstOffer));
    }

    [Fact]
    public void A_repeated_offer_gets_the_same_answer_and_no_second_6()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);

        Assert.Equal([FirstAccepted], _connection.Gets(FirstOffer));
    }

    [Fact]
    public void An_offer_repeated_after_the_release_gets_the_same_answer()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);
        _connection.PeerSends(Peer.Release());

        Assert.Equal([FirstAccepted], _connection.Gets(FirstOffer));
    }

    [Fact]
    public void Guests_get_ids_that_count_up()
    {
        _connection.Holding();

        Assert.Contains(new Wrote("6 16384"), _connection.Gets(FirstOffer));
        Assert.Contains(new Wrote("6 16385"), _connection.Gets(FirstOffer with { Link = LinkFromOther(6) }));
        _connection.PeerSends(Peer.Disconnect(16384));
        Assert.Contains(new Wrote("6 16386"), _connection.Gets(FirstOffer with { Link = LinkFromOther(7) }));
    }

    [Fact]
    public void A_guest_gets_no_id_that_the_peer_has_chosen_for_a_link()
    {
        _connection.Holding().ConnectedAs(16384, request: 2);

        Assert.Contains(new Wrote("6 16385"), _connection.Gets(FirstOffer));
    }

    [Fact]
    public void The_acceptance_is_repeated_until_it_is_confirmed()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);

        Assert.True(_connection.NeedsTick);
        Assert.Equal([FirstAccepted], _connection.TickAfter(ConnectionState.TickInterval));
        Assert.Equal([FirstAccepted], _connection.TickAfter(ConnectionState.TickInterval));
        Assert.Empty(_connection.Gets(new Confirmed(LinkFromOther(5))));
        Assert.False(_connection.NeedsTick);
        Assert.Empty(_connection.TickAfter(ConnectionState.TickInterval));
    }

    [Fact]
    public void A_frame_of_the_initiator_counts_as_its_confirmation()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);

        Assert.Equal(
            [new Wrote("2 16384 01")],
            _connection.Gets(new LinkFrame(LinkFromOther(5), Other, Peer.Send(0, 1), More: false)));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void A_link_that_ended_unconfirmed_is_not_accepted_again()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);
        _connection.PeerSends(Peer.Disconnect(16384));

        Assert.False(_connection.NeedsTick);
        Assert.Empty(_connection.TickAfter(ConnectionState.TickInterval));
    }

    [Theory]
    [InlineData("never held")]
    [InlineData("only asked for")]
    [InlineData("released")]
    [InlineData("followed by another")]
    public void A_reservation_is_not_there_when(string what)
    {
        switch (what)
        {
            case "only asked for":
                _connection.PeerSends(Peer.Reserve("room"));
                break;
            case "released":
                _connection.Holding().PeerSends(Peer.Release());
                break;
            case "followed by another":
                _connection.Holding().Holding(request: 2);
                break;
        }

        _connection.Take();
        Assert.Equal([new Told(Relay, new Refused(LinkFromOther(5)))], _connection.Gets(FirstOffer));
    }

    [Fact]
    public void An_offer_does_not_wait_for_a_pending_reserve()
    {
        _connection.Holding().WithGuest(5);
        _connection.PeerSends(Peer.Reserve("hall"));

        Assert.Equal([FirstAccepted], _connection.Gets(FirstOffer));
    }

    [Fact]
    public void The_guest_after_the_last_of_65_535_links_is_refused()
    {
        _connection.Holding();
        var request = 1;
        foreach (var id in Enumerable.Range(short.MinValue, 0x10000).Where(id => id is not (20_000 or -1)))
            _connection.ConnectedAs((short)id, ++request);

        Assert.Contains(new Wrote("6 20000"), _connection.Gets(FirstOffer));
        Assert.Equal(
            [new Told(Relay, new Refused(LinkFromOther(6)))],
            _connection.Gets(FirstOffer with { Link = LinkFromOther(6) }));
    }
}
