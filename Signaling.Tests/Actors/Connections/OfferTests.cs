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
    public void The_acceptance_is_repeated_every_500_ms_until_it_is_confirmed()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);

        Assert.Empty(_connection.Passes(ConnectionState.RepeatInterval - 1));
        Assert.Equal([FirstAccepted], _connection.Passes(1));
        Assert.Equal([FirstAccepted, FirstAccepted], _connection.Passes(2 * ConnectionState.RepeatInterval));
        Assert.Empty(_connection.Gets(new Confirmed(LinkFromOther(5))));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void A_frame_of_the_initiator_counts_as_its_confirmation()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);

        Assert.Equal([new Wrote("2 16384 01")], _connection.Gets(Over.FrameFromOther(LinkFromOther(5), 1, Peer.Send(0, 1))));
        Assert.DoesNotContain(FirstAccepted, _connection.Passes(ConnectionState.RequestTimeout));
    }

    [Fact]
    public void That_the_address_has_stopped_confirms_nothing()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);
        _connection.Gets(new RelayStopped(LinkFromOther(5)));

        Assert.Equal([FirstAccepted], _connection.Passes(ConnectionState.RepeatInterval));
    }

    // Its initiator may not know yet that it was open: its peer gets its 6 and its 8.
    [Fact]
    public void A_link_that_ended_unconfirmed_is_accepted_until_its_end_has_arrived()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);
        _connection.PeerSends(Peer.Disconnect(16384));

        Assert.Contains(FirstAccepted, _connection.Passes(ConnectionState.RepeatInterval));
        Assert.Empty(_connection.Gets(Over.AckFromOther(LinkFromOther(5), received: 1)));
        Assert.Empty(_connection.Passes(ConnectionState.RequestTimeout));
    }

    [Fact]
    public void An_initiator_that_has_given_up_ends_the_link()
    {
        _connection.Holding();
        _connection.Gets(FirstOffer);

        Assert.Equal([new Wrote("8 16384")], _connection.Gets(Over.GoneFromOther(LinkFromOther(5))));
        Assert.Empty(_connection.Passes(ConnectionState.RequestTimeout));
    }

    [Fact]
    public void An_offer_repeated_when_its_link_is_over_is_refused()
    {
        _connection.Holding().WithGuest(5);
        _connection.Gets(Over.EndFromOther(LinkFromOther(5), 1));

        Assert.Equal([new Told(Relay, new Refused(LinkFromOther(5)))], _connection.Gets(FirstOffer));
    }

    [Fact]
    public void An_offer_that_overtakes_its_reservation_s_grant_waits_for_it()
    {
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Empty(_connection.Gets(FirstOffer));
        Assert.Equal([new Wrote("3 -1 \"room\""), new Wrote("6 16384"), FirstAccepted], _connection.Gets(Grant(1)));
    }

    [Fact]
    public void An_offer_that_waits_for_a_denied_reservation_is_refused()
    {
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.Gets(FirstOffer);

        Assert.Contains(new Told(Relay, new Refused(LinkFromOther(5))), _connection.Gets(new Denied(Reservation(1))));
    }

    [Theory]
    [InlineData("never held")]
    [InlineData("revoked")]
    [InlineData("released")]
    [InlineData("followed by another")]
    public void A_reservation_is_not_there_when(string what)
    {
        switch (what)
        {
            case "revoked":
                _connection.Holding().Gets(new Revoked(Reservation(1)));
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
