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
        Assert.Equal([Over.Sends(Link(1), 1, Peer.Send(5, 9))], _connection.PeerSends(Peer.Send(5, 9)));
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
                Over.Sends(Link(1), 1, Peer.Send(5, 1, 2)),
                new Wrote("8 5"),
                new Told(Relay, Over.EndOf(Link(1), 2)),
            ],
            _connection.Gets(Acceptance(Link(1))));
    }

    [Fact]
    public void A_request_is_repeated_every_500_ms_until_it_is_answered()
    {
        _connection.PeerSends(Peer.Connect(5, "room"));

        Assert.Empty(_connection.Passes(ConnectionState.RepeatInterval - 1));
        Assert.Equal([FirstRequest], _connection.Passes(1));
        _connection.Gets(new Refused(Link(1)));
        Assert.Empty(_connection.Passes(ConnectionState.RepeatInterval));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void Without_an_answer_the_link_fails_after_10_s()
    {
        _connection.PeerSends(Peer.Connect(5, "room"), Peer.Heartbeat());

        Assert.All(_connection.Passes(ConnectionState.RequestTimeout - 1), done => Assert.Equal(FirstRequest, done));
        Assert.Equal([new Wrote("7 5"), new Wrote("CA")], _connection.Passes(1));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void An_acceptance_that_comes_too_late_is_told_that_the_link_is_gone()
    {
        _connection.PeerSends(Peer.Connect(5, "room"));
        _connection.Passes(ConnectionState.RequestTimeout);

        Assert.Equal([new Told(Other, Over.GoneOf(Link(1)))], _connection.Gets(Acceptance(Link(1))));
    }

    [Fact]
    public void Of_two_who_accept_only_the_first_gets_the_link()
    {
        var second = new ConnectionUid(4, 40);
        _connection.ConnectedAs(5, request: 1);

        Assert.Equal(
            [new Told(second, new LinkGone(Link(1), Self, second))],
            _connection.Gets(new Accepted(Link(1), second, Relay)));
        Assert.Empty(_connection.Gets(new LinkGone(Link(1), second, Self)));
        Assert.Single(_connection.PeerSends(Peer.Send(5, 1)), Over.Sends(Link(1), 1, Peer.Send(5, 1)));
    }

    [Fact]
    public void A_link_whose_other_end_is_gone_before_it_has_opened_fails()
    {
        _connection.PeerSends(Peer.Connect(5, "room"));

        Assert.Equal([new Wrote("7 5")], _connection.Gets(Over.GoneFromOther(Link(1))));
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
        Assert.Equal([Over.Sends(Link(1), 1, Peer.Send(5, 9))], _connection.PeerSends(Peer.Send(5, 9)));
    }

    [Fact]
    public void What_overtakes_its_link_s_acceptance_is_told_to_wait_and_welcomed_when_it_has_opened()
    {
        var wait = Over.Says(Link(1), received: 0, full: true);
        ILetter[] early =
        [
            Over.FrameFromOther(Link(1), 1, Peer.Send(16384, 1)),
            Over.FrameFromOther(Link(1), 2, Peer.Send(16384, 2)),
            Over.EndFromOther(Link(1), 3),
        ];
        _connection.PeerSends(Peer.Connect(5, "room"));

        Assert.Equal([wait, wait, wait], _connection.Gets(early));
        Assert.Equal(
            [FirstConfirmed, new Wrote("6 5"), Over.Says(Link(1), received: 0)],
            _connection.Gets(Acceptance(Link(1))));
        Assert.Equal(
            [new Wrote("2 5 01"), new Wrote("2 5 02"), Over.Says(Link(1), received: 3), new Wrote("8 5")],
            _connection.Gets(early));
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

        Assert.Equal([Over.Sends(Link(2), 1, Peer.Send(5, 1))], _connection.PeerSends(Peer.Send(5, 1)));
        Assert.Equal([Over.Sends(Link(3), 1, Peer.Send(6, 2))], _connection.PeerSends(Peer.Send(6, 2)));
        Assert.Equal(
            [new Wrote("2 16384 03"), new Wrote("2 6 04")],
            _connection.Gets(
                Over.FrameFromOther(LinkFromOther(7), 1, Peer.Send(0, 3)),
                Over.FrameFromOther(Link(3), 1, Peer.Send(0, 4))));
    }

    [Fact]
    public void The_id_of_a_link_that_still_opens_is_given_to_no_guest()
    {
        _connection.Holding();
        _connection.PeerSends(Peer.Connect(16384, "hall"));

        Assert.Contains(new Wrote("6 16385"), _connection.Gets(new Offer(LinkFromOther(7), Reservation(1), Relay)));
        Assert.Contains(new Wrote("6 16384"), _connection.Gets(Acceptance(Link(2))));
    }
}
