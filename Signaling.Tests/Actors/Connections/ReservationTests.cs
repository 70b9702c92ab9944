using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

public sealed class ReservationTests
{
    private static readonly Reserve FirstRequest = new(RoomKey, Reservation(1), Shared: false);
    private readonly TestConnection _connection = new();

    [Fact]
    public void A_free_address_is_reserved()
    {
        Assert.Equal([new Asked(FirstRequest)], _connection.PeerSends(Peer.Reserve("room")));
        Assert.Equal([new Wrote("3 -1 \"room\"")], _connection.Gets(Grant(1)));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void A_taken_address_is_denied()
    {
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Equal([new Wrote("4 -1 \"room\"")], _connection.Gets(new Denied(Reservation(1))));
    }

    [Fact]
    public void In_an_app_that_shares_the_request_says_so() =>
        Assert.Equal([new Asked(FirstRequest with { Shared = true })], new TestConnection(sharing: true).PeerSends(Peer.Reserve("room")));

    [Fact]
    public void The_request_says_who_wins_the_address_and_on_whose_behalf_it_is_asked_for()
    {
        var connection = new TestConnection(rights: new PeerRights { Owner = new Owner(1, 2) }, takeover: Takeover.SameTokenWins);

        Assert.Equal(
            [new Asked(FirstRequest with { Takeover = Takeover.SameTokenWins, Owner = new Owner(1, 2) })],
            connection.PeerSends(Peer.Reserve("room")));
    }

    [Fact]
    public void That_a_shared_address_is_full_is_counted()
    {
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Equal([new Counted(Refusal.Listeners), new Wrote("4 -1 \"room\"")], _connection.Gets(new Denied(Reservation(1), IsFull: true)));
    }

    [Fact]
    public void Links_outlive_a_reservation_that_has_to_make_way()
    {
        _connection.Holding().WithGuest(5);
        _connection.Gets(new Revoked(Reservation(1)));

        Assert.Equal([Over.Sends(LinkFromOther(5), 1, Peer.Send(16384, 1))], _connection.PeerSends(Peer.Send(16384, 1)));
    }

    [Fact]
    public void A_grant_and_the_word_to_make_way_right_behind_it_are_told_in_their_order()
    {
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Equal(
            [new Wrote("3 -1 \"room\""), new Wrote("5 -1"), new GaveBack(RoomKey, Reservation(1))],
            _connection.Gets(Grant(1), new Revoked(Reservation(1))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public void An_address_may_be_as_long_as(int length)
    {
        var address = new string('a', length);

        Assert.Equal(
            [new Asked(new Reserve(KeyOf(address), Reservation(1), Shared: false))],
            _connection.PeerSends(Peer.Reserve(address)));
    }

    [Theory]
    [InlineData(257)]
    [InlineData(100_000)]
    public void A_longer_address_is_denied_whole_without_asking(int length)
    {
        var address = new string('a', length);

        Assert.Equal([new Wrote($"4 -1 \"{address}\"")], _connection.PeerSends(Peer.Reserve(address)));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void Reserving_again_releases_the_old_address_first()
    {
        _connection.Holding();

        Assert.Equal(
            [
                new Wrote("5 -1"),
                new GaveBack(RoomKey, Reservation(1)),
                new Asked(new Reserve(KeyOf("hall"), Reservation(2), Shared: false)),
            ],
            _connection.PeerSends(Peer.Reserve("hall")));
    }

    [Fact]
    public void Reserving_again_frees_the_old_address_even_when_the_new_one_is_too_long()
    {
        var address = new string('a', 257);
        _connection.Holding();

        Assert.Equal(
            [new Wrote("5 -1"), new GaveBack(RoomKey, Reservation(1)), new Wrote($"4 -1 \"{address}\"")],
            _connection.PeerSends(Peer.Reserve(address)));
    }

    [Fact]
    public void A_reservation_is_released()
    {
        _connection.Holding();

        Assert.Equal([new Wrote("5 -1"), new GaveBack(RoomKey, Reservation(1))], _connection.PeerSends(Peer.Release()));
        Assert.Empty(_connection.PeerSends(Peer.Release()));
    }

    [Fact]
    public void Releasing_nothing_gets_no_answer()
    {
        Assert.Empty(_connection.PeerSends(Peer.Release()));
        Assert.Equal([FrameHeader.Length], _connection.Consumed);
    }

    [Fact]
    public void Links_outlive_the_reservation()
    {
        _connection.Holding().WithGuest(5);
        _connection.PeerSends(Peer.Release());

        Assert.Equal([Over.Sends(LinkFromOther(5), 1, Peer.Send(16384, 1))], _connection.PeerSends(Peer.Send(16384, 1)));
    }

    [Fact]
    public void Messages_behind_a_pending_request_wait_and_keep_their_order()
    {
        var sent = new[] { Peer.Reserve("room"), Peer.Heartbeat(), Peer.Release(), Peer.Reserve("hall"), Peer.Heartbeat() };

        Assert.Equal([new Asked(FirstRequest)], _connection.PeerSends(sent));
        Assert.Equal([sent[0].Length], _connection.Consumed);
        Assert.Equal(
            [
                new Wrote("3 -1 \"room\""),
                new Wrote("CA"),
                new Wrote("5 -1"),
                new GaveBack(RoomKey, Reservation(1)),
                new Asked(new Reserve(KeyOf("hall"), Reservation(2), Shared: false)),
            ],
            _connection.Gets(Grant(1)));
        Assert.Equal([new Wrote("4 -1 \"hall\""), new Wrote("CA")], _connection.Gets(new Denied(Reservation(2))));
        Assert.Equal(sent.Select(message => message.Length), _connection.Consumed);
    }

    [Fact]
    public void A_request_is_repeated_every_500_ms_until_it_is_answered()
    {
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Empty(_connection.Passes(ConnectionState.RepeatInterval - 1));
        Assert.Equal([new Asked(FirstRequest)], _connection.Passes(1));
        Assert.Equal([new Asked(FirstRequest), new Asked(FirstRequest)], _connection.Passes(2 * ConnectionState.RepeatInterval));
        _connection.Gets(Grant(1));
        Assert.Empty(_connection.Passes(ConnectionState.RepeatInterval));
    }

    [Fact]
    public void Without_an_answer_the_address_is_denied_and_given_back_after_10_s()
    {
        _connection.PeerSends(Peer.Reserve("room"), Peer.Heartbeat());

        Assert.All(_connection.Passes(ConnectionState.RequestTimeout - 1), done => Assert.Equal(new Asked(FirstRequest), done));
        Assert.Equal(
            [new Wrote("4 -1 \"room\""), new GaveBack(RoomKey, Reservation(1)), new Wrote("CA")],
            _connection.Passes(1));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void The_10_s_of_a_request_begin_with_its_turn()
    {
        _connection.PeerSends(Peer.Reserve("room"), Peer.Reserve("hall"));
        _connection.Passes(ConnectionState.RequestTimeout);

        Assert.DoesNotContain(new Wrote("4 -1 \"hall\""), _connection.Passes(ConnectionState.RequestTimeout - 1));
        Assert.Contains(new Wrote("4 -1 \"hall\""), _connection.Passes(1));
    }

    [Fact]
    public void A_grant_that_comes_too_late_is_given_back()
    {
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.TickAfter(ConnectionState.RequestTimeout);

        Assert.Equal([new GaveBack(RoomKey, Reservation(1))], _connection.Gets(Grant(1)));
    }

    [Fact]
    public void A_grant_of_an_earlier_request_does_not_answer_a_later_one()
    {
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.TickAfter(ConnectionState.RequestTimeout);
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Equal([new GaveBack(RoomKey, Reservation(1))], _connection.Gets(Grant(1)));
        Assert.Equal([new Wrote("3 -1 \"room\"")], _connection.Gets(Grant(2)));
    }

    [Fact]
    public void A_denial_of_an_earlier_request_does_not_answer_a_later_one()
    {
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.TickAfter(ConnectionState.RequestTimeout);
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Empty(_connection.Gets(new Denied(Reservation(1))));
    }

    [Fact]
    public void A_repeated_answer_is_no_news()
    {
        _connection.Holding();

        Assert.Empty(_connection.Gets(Grant(1), new Denied(Reservation(1))));
    }

    [Fact]
    public void A_grant_that_never_comes_again_is_not_given_back_twice()
    {
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.Gets(new Denied(Reservation(1)));

        Assert.Empty(_connection.Gets(new Denied(Reservation(1))));
        Assert.Empty(_connection.Passes(ConnectionState.RequestTimeout));
    }

    [Fact]
    public void A_reservation_that_has_to_make_way_is_given_back_when_the_peer_has_been_told()
    {
        _connection.Holding();

        Assert.Equal([new Wrote("5 -1"), new GaveBack(RoomKey, Reservation(1))], _connection.Gets(new Revoked(Reservation(1))));
        Assert.Empty(_connection.Gets(new Revoked(Reservation(1))));
        Assert.Empty(_connection.PeerSends(Peer.Release()));
    }

    [Fact]
    public void What_is_said_of_another_reservation_closes_none()
    {
        _connection.Holding();
        _connection.Holding(request: 2);

        Assert.Empty(_connection.Gets(new Revoked(Reservation(1))));
        Assert.Equal([new Wrote("5 -1"), new GaveBack(RoomKey, Reservation(2))], _connection.PeerSends(Peer.Release()));
    }
}
