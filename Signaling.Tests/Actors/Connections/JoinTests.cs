using CsCheck;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>A reservation in an app that shares addresses: links to all who were there before.</summary>
public sealed class JoinTests
{
    private static readonly ReservationName[] Earlier =
    [
        new(new ConnectionUid(2, 20), 1),
        new(new ConnectionUid(4, 20), 5),
        new(new ConnectionUid(5, 21), 3),
    ];

    private readonly TestConnection _connection = new(sharing: true);

    [Fact]
    public void A_joiner_gets_its_3_first_and_asks_for_a_link_to_each()
    {
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Equal(
            [new Wrote("3 -1 \"room\""), new Asked(JoinOf(1)), new Asked(JoinOf(2)), new Asked(JoinOf(3))],
            _connection.Gets(Grant(1, Earlier)));
        Assert.True(_connection.NeedsTick);
    }

    [Fact]
    public void Links_open_in_the_order_of_those_who_were_there()
    {
        Join();

        Assert.Equal([ConfirmedTo(3)], _connection.Gets(AcceptanceOf(3)));
        Assert.Equal([ConfirmedTo(2)], _connection.Gets(AcceptanceOf(2)));
        Assert.Equal(
            [ConfirmedTo(1), new Wrote("6 16384"), new Wrote("6 16385"), new Wrote("6 16386")],
            _connection.Gets(AcceptanceOf(1)));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void No_order_of_answers_changes_the_order_of_links() =>
        Gen.Select(Gen.Shuffle(Enumerable.Range(1, 3).ToArray()), Gen.Bool.Array[3], Gen.Int[1, 3]).Sample((order, refused, again) =>
        {
            var connection = new TestConnection(sharing: true);
            connection.PeerSends(Peer.Reserve("room"));
            connection.Gets(Grant(1, Earlier));
            foreach (var ordinal in order)
            {
                ILetter answer = refused[ordinal - 1] ? new Refused(Link(1, ordinal)) : AcceptanceOf(ordinal);
                connection.Gets(answer);
                connection.Gets(refused[again - 1] ? new Confirmed(Link(1, again)) : AcceptanceOf(again));
            }

            Assert.False(connection.NeedsTick);
            var open = Enumerable.Range(1, 3).Where(ordinal => !refused[ordinal - 1]).ToArray();
            for (var i = 0; i < open.Length; i++)
            {
                var frame = Peer.Send((short)(16384 + i), 1);
                Assert.Equal(
                    [new Told(Relay, new LinkFrame(Link(1, open[i]), Self, Earlier[open[i] - 1].Connection, 1, frame, More: false))],
                    connection.PeerSends(frame));
            }
        });

    [Fact]
    public void One_who_refuses_is_passed_over_in_silence()
    {
        Join();
        _connection.Gets(AcceptanceOf(2), AcceptanceOf(3));

        Assert.Equal([new Wrote("6 16384"), new Wrote("6 16385")], _connection.Gets(new Refused(Link(1, 1))));
    }

    [Fact]
    public void Only_what_is_unanswered_is_asked_again()
    {
        Join();
        _connection.Gets(AcceptanceOf(2));

        Assert.Equal([new Asked(JoinOf(1)), new Asked(JoinOf(3))], _connection.TickAfter(ConnectionState.RepeatInterval));
    }

    [Fact]
    public void Those_who_do_not_answer_within_10_s_are_passed_over()
    {
        Join();
        _connection.Gets(AcceptanceOf(2));
        _connection.PeerSends(Peer.Heartbeat());

        Assert.Equal([new Wrote("6 16384"), new Wrote("CA")], _connection.TickAfter(ConnectionState.RequestTimeout));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void Those_who_join_later_wait_until_the_join_is_complete()
    {
        Join();
        var later = new Offer(LinkFromOther(9), Reservation(1), Relay);

        Assert.Empty(_connection.Gets(later));
        _connection.Gets(new Refused(Link(1, 1)), AcceptanceOf(2));
        Assert.Equal(
            [
                ConfirmedTo(3),
                new Wrote("6 16385"),
                new Wrote("6 16386"),
                new Told(Other, new Accepted(LinkFromOther(9), Self, Relay)),
            ],
            _connection.Gets(AcceptanceOf(3)));
    }

    [Fact]
    public void What_overtakes_a_link_s_turn_is_told_to_wait_and_welcomed_then()
    {
        var host = Earlier[1].Connection;
        var early = new LinkFrame(Link(1, 2), host, Self, 1, Peer.Send(0, 1), More: false);
        Join();
        _connection.Gets(AcceptanceOf(2));

        Assert.Equal([new Told(host, new LinkAck(Link(1, 2), Self, host, 0, 0, Full: true))], _connection.Gets(early));
        Assert.Equal(
            [
                ConfirmedTo(1),
                new Wrote("6 16384"),
                new Wrote("6 16385"),
                new Told(host, new LinkAck(Link(1, 2), Self, host, 0, 0, Full: false)),
            ],
            _connection.Gets(AcceptanceOf(1)));
        Assert.Equal([new Wrote("2 16385 01")], _connection.Gets(early));
    }

    [Fact]
    public void The_peer_s_messages_wait_until_the_join_is_complete()
    {
        _connection.PeerSends(Peer.Reserve("room"), Peer.Send(16384, 1));
        _connection.Gets(Grant(1, Earlier[..1]));

        Assert.Equal(
            [ConfirmedTo(1), new Wrote("6 16384"), Over.Sends(Link(1, 1), 1, Peer.Send(16384, 1))],
            _connection.Gets(AcceptanceOf(1)));
    }

    [Fact]
    public void A_grant_in_pages_counts_when_all_have_come()
    {
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Empty(_connection.Gets(PageOf(0), PageOf(1)));
        Assert.Equal(
            [new Wrote("3 -1 \"room\""), new Asked(JoinOf(1)), new Asked(JoinOf(2)), new Asked(JoinOf(3))],
            _connection.Gets(PageOf(2)));
    }

    [Fact]
    public void A_grant_that_lost_a_page_counts_when_it_is_repeated()
    {
        _connection.PeerSends(Peer.Reserve("room"));

        Assert.Empty(_connection.Gets(PageOf(0), PageOf(2)));
        Assert.Empty(_connection.Gets(PageOf(0), PageOf(1)));
        Assert.Contains(new Asked(JoinOf(3)), _connection.Gets(PageOf(2)));
    }

    [Fact]
    public void A_repeated_grant_joins_nobody_twice()
    {
        Join();

        Assert.Empty(_connection.Gets(Grant(1, Earlier)));
    }

    [Fact]
    public void A_link_that_waits_for_its_turn_does_not_open_when_its_other_end_is_lost()
    {
        Join();
        _connection.Gets(AcceptanceOf(2), AcceptanceOf(3));
        _connection.Removes(Earlier[1].Connection.Node);

        Assert.Equal([ConfirmedTo(1), new Wrote("6 16384"), new Wrote("6 16385")], _connection.Gets(AcceptanceOf(1)));
        Assert.Equal([new Wrote("8 16385")], _connection.Removes(Earlier[2].Connection.Node));
    }

    [Fact]
    public void A_later_joiner_that_is_lost_while_it_waits_is_not_accepted()
    {
        Join();
        _connection.Gets(new Offer(LinkFromOther(9), Reservation(1), Relay));
        _connection.Removes(Other.Node);

        Assert.Empty(_connection.Gets(new Refused(Link(1, 1)), new Refused(Link(1, 2)), new Refused(Link(1, 3))));
        Assert.False(_connection.NeedsTick);
    }

    private static Join JoinOf(int ordinal) => new(RoomKey, Link(1, ordinal), Earlier[ordinal - 1]);

    private static Accepted AcceptanceOf(int ordinal) => new(Link(1, ordinal), Earlier[ordinal - 1].Connection, Relay);

    private static Told ConfirmedTo(int ordinal) => new(Earlier[ordinal - 1].Connection, new Confirmed(Link(1, ordinal)));

    private static Granted PageOf(int skip) => Page(1, skip, Earlier.Length, Earlier[skip]);

    private void Join()
    {
        _connection.PeerSends(Peer.Reserve("room"));
        _connection.Gets(Grant(1, Earlier));
    }
}
