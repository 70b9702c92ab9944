using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>How many links one peer may have open at once.</summary>
public sealed class LinkLimitTests
{
    private static readonly Counted Refused = new(Refusal.Links);

    private static readonly ReservationName[] Earlier =
    [
        new(new ConnectionUid(2, 20), 1),
        new(new ConnectionUid(4, 20), 5),
        new(new ConnectionUid(5, 21), 3),
    ];

    [Fact]
    public void A_link_above_the_limit_is_denied_without_asking_and_one_in_the_place_of_another_is_not()
    {
        var connection = Limited(1).ConnectedAs(1, 1);

        Assert.Equal([Refused, new Wrote("7 2")], connection.PeerSends(Peer.Connect(2, "room")));
        connection.PeerSends(Peer.Disconnect(1));
        Assert.IsType<Asked>(Assert.Single(connection.PeerSends(Peer.Connect(2, "room"))));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(5, 1)]
    public void Of_the_app_s_limit_and_the_peer_s_own_the_smaller_counts(int ofApp, int own)
    {
        var connection = new TestConnection(rights: new PeerRights { MostLinks = own }, mostLinks: ofApp).ConnectedAs(1, 1);

        Assert.Contains(Refused, connection.PeerSends(Peer.Connect(2, "room")));
    }

    [Fact]
    public void A_holder_that_has_all_it_may_refuses_who_asks()
    {
        var connection = Limited(1).Holding().WithGuest(5);

        Assert.Equal([Refused, new Told(Relay, new Refused(LinkFromOther(6)))], connection.Gets(OfferOf(6)));
        Assert.Single(connection.Gets(OfferOf(5)));
        connection.PeerSends(Peer.Disconnect(16384));
        Assert.Contains(new Wrote("6 16385"), connection.Gets(OfferOf(6)));
    }

    [Fact]
    public void No_guest_takes_the_place_of_the_link_that_the_peer_is_about_to_open()
    {
        var connection = Limited(1).Holding();
        connection.PeerSends(Peer.Connect(1, "hall"));

        Assert.Equal([Refused, new Told(Relay, new Refused(LinkFromOther(5)))], connection.Gets(OfferOf(5)));
        Assert.Contains(new Wrote("6 1"), connection.Gets(Acceptance(Link(2))));
    }

    [Fact]
    public void Who_joins_a_shared_address_gets_as_many_links_as_it_may_in_order()
    {
        var connection = new TestConnection(sharing: true, rights: new PeerRights { MostLinks = 2 });
        connection.PeerSends(Peer.Reserve("room"));

        Assert.Equal(
            [new Wrote("3 -1 \"room\""), Refused, new Asked(JoinOf(1)), new Asked(JoinOf(2))],
            connection.Gets(Grant(1, Earlier)));
    }

    [Fact]
    public void Who_has_all_it_may_joins_a_shared_address_without_links()
    {
        var connection = new TestConnection(sharing: true, rights: new PeerRights { MostLinks = 0 });
        connection.PeerSends(Peer.Reserve("room"));

        Assert.Equal([new Wrote("3 -1 \"room\""), Refused], connection.Gets(Grant(1, Earlier)));
        Assert.Equal([new Wrote("CA")], connection.PeerSends(Peer.Heartbeat()));
    }

    private static TestConnection Limited(int most) => new(rights: new PeerRights { MostLinks = most });

    private static Offer OfferOf(long request) => new(LinkFromOther(request), Reservation(1), Relay);

    private static Join JoinOf(int ordinal) => new(RoomKey, Link(1, ordinal), Earlier[ordinal - 1]);
}
