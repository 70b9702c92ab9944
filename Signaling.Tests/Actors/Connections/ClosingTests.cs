using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>The peer's socket closes.</summary>
public sealed class ClosingTests
{
    private readonly TestConnection _connection = new();

    [Fact]
    public void An_idle_connection_just_ends() => Assert.Equal([new ClosedSocket(), new Stopped()], _connection.PeerCloses());

    [Fact]
    public void The_reservation_is_given_back_and_every_link_ended_before_the_socket_is_let_go()
    {
        _connection.Holding().ConnectedAs(7, request: 2).WithGuest(5);

        Assert.Equal(
            [
                new GaveBack(RoomKey, Reservation(1)),
                new Told(Relay, Over.EndOf(Link(2), 1)),
                new Told(Relay, Over.EndOf(LinkFromOther(5), 1)),
                new ClosedSocket(),
            ],
            _connection.PeerCloses());
    }

    [Fact]
    public void It_ends_once()
    {
        _connection.PeerCloses();

        Assert.Empty(_connection.PeerCloses());
        Assert.Empty(_connection.TickAfter(ConnectionState.RepeatInterval));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void What_the_peer_said_before_it_closed_still_counts()
    {
        _connection.PeerSends(Peer.Connect(5, "room"), Peer.Send(5, 1));

        Assert.Empty(_connection.PeerCloses());
        Assert.Equal(
            [
                new Told(Other, new Confirmed(Link(1))),
                new Wrote("6 5"),
                Over.Sends(Link(1), 1, Peer.Send(5, 1)),
                new Told(Relay, Over.EndOf(Link(1), 2)),
                new ClosedSocket(),
            ],
            _connection.Gets(Acceptance(Link(1))));
    }

    [Fact]
    public void A_pending_connect_holds_the_end_up_for_no_more_than_10_s()
    {
        _connection.PeerSends(Peer.Connect(5, "room"));
        _connection.PeerCloses();

        Assert.True(_connection.NeedsTick);
        Assert.Equal([new Wrote("7 5"), new ClosedSocket(), new Stopped()], _connection.TickAfter(ConnectionState.RequestTimeout));
    }

    [Fact]
    public void The_reservation_is_released_at_once_though_a_connect_is_pending()
    {
        _connection.Holding();
        _connection.PeerSends(Peer.Connect(5, "hall"));

        Assert.Equal([new GaveBack(RoomKey, Reservation(1))], _connection.PeerCloses());
        Assert.Equal(
            [new Told(Relay, new Refused(LinkFromOther(9)))],
            _connection.Gets(new Offer(LinkFromOther(9), Reservation(1), Relay)));
    }

    [Fact]
    public void A_grant_for_a_closed_peer_is_given_back()
    {
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.PeerCloses();

        Assert.Equal(
            [
                new Wrote("3 -1 \"room\""),
                new GaveBack(RoomKey, Reservation(1)),
                new ClosedSocket(),
                new Stopped(),
            ],
            _connection.Gets(Grant(1, new ReservationName(Other, 1))));
    }

    [Fact]
    public void A_closed_peer_s_waiting_reserve_is_not_asked_for()
    {
        _connection.PeerSends(Peer.Connect(5, "hall"), Peer.Reserve("room"));
        _connection.PeerCloses();

        Assert.Equal([new Wrote("7 5"), new ClosedSocket(), new Stopped()], _connection.Gets(new Refused(Link(1))));
    }

    [Fact]
    public void Those_who_waited_for_a_join_are_refused_when_the_peer_closes()
    {
        var connection = new TestConnection(sharing: true);
        connection.PeerSends(Peer.Reserve("room"));
        connection.Gets(Grant(1, new ReservationName(Other, 1)));
        connection.Gets(new Offer(LinkFromOther(9), Reservation(1), Relay));

        Assert.Contains(new Told(Relay, new Refused(LinkFromOther(9))), connection.PeerCloses());
    }
}
