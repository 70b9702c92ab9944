using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>Links that the peer asks for.</summary>
public sealed class ConnectTests
{
    private static readonly Asked FirstRequest = new(new Connect(RoomKey, Link(1)));
    private static readonly Told FirstConfirmed = new(Other, new Confirmed(Link(1)));
    private readonly TestConnection _connection = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16384)]
    [InlineData(short.MaxValue)]
    [InlineData(short.MinValue)]
    [InlineData(-1)]
    public void A_link_opens_under_any_id_of_the_peer_s_choice(short id)
    {
        Assert.Equal([FirstRequest], _connection.PeerSends(Peer.Connect(id, "room")));
        Assert.Equal([FirstConfirmed, new Wrote($"6 {id}")], _connection.Gets(Acceptance(Link(1))));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void A_refused_link_fails()
    {
        _connection.PeerSends(Peer.Connect(5, "room"));

        Assert.Equal([new Wrote("7 5")], _connection.Gets(new Refused(Link(1))));
    }

    [Fact]
    public void An_address_of_any_length_may_be_asked_for()
    {
        var address = new string('a', 257);

        Assert.Equal([new Asked(new Connect(KeyOf(address), Link(1)))], _connection.PeerSends(Peer.Connect(0, address)));
    }

    [Fact]
    public void An_id_in_use_fails_without_asking_and_harms_nothing()
    {
        _connection.ConnectedAs(5, request: 1);

        Assert.Equal([new Wrote("7 5")], _connection.PeerSends(Peer.Connect(5, "hall")));
        Assert.Equal([Relayed(Link(1), Peer.Send(5, 9))], _connection.PeerSends(Peer.Send(5, 9)));
    }

    [Fact]
    public void An_id_that_an_incoming_link_has_is_in_use()
    {
        _connection.Holding().WithGuest(5);

        Assert.Equal([new Wrote("7 16384")], _connection.PeerSends(Peer.Connect(16384, "hall")));
    }

    [Fact]
    public void An_id_may_be_used_again_when_its_link_is_closed()
    {
        _connection.ConnectedAs(5, request: 1);
        _connection.PeerSends(Peer.Disconnect(5));

        Assert.Equal([new Asked(new Connect(RoomKey, Link(2)))], _connection.PeerSends(Peer.Connect(5, "room")));
    }

    [Fact]
    public void A_connect_without_an_address_fails()
    {
        Assert.Equal([new Wrote("7 5")], _connection.PeerSends(Frame.Of(EventType.NewConnection, 5)));
        Assert.Equal([new Wrote("7 6")], _connection.PeerSends(Frame.Of(EventType.NewConnection, 6, [1, 2])));
    }

    [Fact]
    public void Connect_send_and_disconnect_in_one_go_take_their_turns()
    {
        Assert.Equal([FirstRequest], _connection.PeerSends(Peer.Connect(5, "room"), Peer.Send(5, 1, 2), Peer.Disconnect(5)));
        Assert.Equal(
            [
                FirstConfirmed,
                new Wrote("6 5"),
                Relayed(Link(1), Peer.Send(5, 1, 2)),
                new Wrote("8 5"),
                new Told(Relay, new LinkEnd(Link(1), Self)),
            ],
            _connection.Gets(Acceptance(Link(1))));
    }

    [Fact]
    public void A_request_is_repeated_until_it_is_answered()
    {
        _connection.PeerSends(Peer.Connect(5, "room"));

        Assert.True(_connection.NeedsTick);
        Assert.Equal([FirstRequest], _connection.TickAfter(ConnectionState.TickInterval));
        _connection.Gets(new Refused(Link(1)));
        Assert.Empty(_connection.TickAfter(ConnectionState.TickInterval));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void Without_an_answer_the_link_fails_after_10_s()
    {
        _connection.PeerSends(Peer.Connect(5, "room"), Peer.Heartbeat());

        Assert.Equal([FirstRequest], _connection.TickAfter(ConnectionState.RequestTimeout - 1));
        Assert.Equal([new Wrote("7 5"), new Wrote("CA")], _connection.TickAfter(1));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void An_acceptance_that_comes_too_late_ends_its_link()
    {
        _connection.PeerSends(Peer.Connect(5, "room"));
        _connection.TickAfter(ConnectionState.RequestTimeout);

        Assert.Equal(
            [new Told(Relay, new LinkEnd(Link(1), Self)), FirstConfirmed],
            _connection.Gets(Acceptance(Link(1))));
    }

    [Fact]
    public void A_repeated_acceptance_is_confirmed_again_and_no_news()
    {
        _connection.ConnectedAs(5, request: 1);

        Assert.Equal([FirstConfirmed], _connection.Gets(Acceptance(Link(1))));
    }

    [Fact]
    public void A_repeated_refusal_is_no_news()
    {
        _connection.PeerSends(Peer.Connect(5, "room"));
        _connection.Gets(new Refused(Link(1)));
        _connection.PeerSends(Peer.Connect(5, "room"));

        Assert.Empty(_connection.Gets(new Refused(Link(1))));
        Assert.Equal([new Told(Other, new Confirmed(Link(2))), new Wrote("6 5")], _connection.Gets(Acceptance(Link(2))));
    }

    [Fact]
    public void A_refusal_does_not_end_an_open_link()
    {
        _connection.ConnectedAs(5, request: 1);

        Assert.Empty(_connection.Gets(new Refused(Link(1))));
        Assert.Equal([Relayed(Link(1), Peer.Send(5, 9))], _connection.PeerSends(Peer.Send(5, 9)));
    }

    [Fact]
    public void What_overtakes_its_link_s_acceptance_comes_after_the_link_has_opened()
    {
        _connection.PeerSends(Peer.Connect(5, "room"));

        Assert.Empty(_connection.Gets(
            new LinkFrame(Link(1), Other, Peer.Send(16384, 1), More: false),
            new LinkFrame(Link(1), Other, Peer.Send(16384, 2), More: false),
            new LinkEnd(Link(1), Other)));
        Assert.Equal(
            [FirstConfirmed, new Wrote("6 5"), new Wrote("2 5 01"), new Wrote("2 5 02"), new Wrote("8 5")],
            _connection.Gets(Acceptance(Link(1))));
    }

    [Fact]
    public void Two_that_connect_to_each_other_do_not_wait_for_each_other()
    {
        _connection.Holding();
        _connection.PeerSends(Peer.Connect(5, "hall"));

        Assert.Equal(
            [new Wrote("6 16384"), new Told(Other, new Accepted(LinkFromOther(7), Self, Relay))],
            _connection.Gets(new Offer(LinkFromOther(7), Reservation(1), Relay)));
        Assert.Equal(
            [new Told(Other, new Confirmed(Link(2))), new Wrote("6 5")],
            _connection.Gets(Acceptance(Link(2))));
    }

    [Fact]
    public void Two_links_between_the_same_two_stay_apart()
    {
        _connection.Holding().WithGuest(7).ConnectedAs(5, request: 2).ConnectedAs(6, request: 3);

        Assert.Equal([Relayed(Link(2), Peer.Send(5, 1))], _connection.PeerSends(Peer.Send(5, 1)));
        Assert.Equal([Relayed(Link(3), Peer.Send(6, 2))], _connection.PeerSends(Peer.Send(6, 2)));
        Assert.Equal(
            [new Wrote("2 16384 03"), new Wrote("2 6 04")],
            _connection.Gets(
                new LinkFrame(LinkFromOther(7), Other, Peer.Send(0, 3), More: false),
                new LinkFrame(Link(3), Other, Peer.Send(0, 4), More: false)));
    }

    [Fact]
    public void The_id_of_a_link_that_still_opens_is_given_to_no_guest()
    {
        _connection.Holding();
        _connection.PeerSends(Peer.Connect(16384, "hall"));

        Assert.Contains(new Wrote("6 16385"), _connection.Gets(new Offer(LinkFromOther(7), Reservation(1), Relay)));
        Assert.Contains(new Wrote("6 16384"), _connection.Gets(Acceptance(Link(2))));
    }

    private static Told Relayed(LinkName link, byte[] frame) =>
        new(Relay, new LinkFrame(link, Self, frame, More: false));
}
