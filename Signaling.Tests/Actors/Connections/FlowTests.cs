using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>A peer that sends faster than another reads is slowed down.</summary>
public sealed class FlowTests
{
    private const int Length = 30_008;
    private const int PerWindow = SendWindow.Size / Length;
    private const int PerBudget = Budget.Limit / Length;
    private static readonly LinkName Own = Link(1);
    private readonly TestConnection _connection = new TestConnection().ConnectedAs(7, request: 1);

    public FlowTests()
    {
        _connection.SocketWrites();
        _connection.Take();
    }

    [Fact]
    public void A_frame_without_room_holds_up_all_behind_it_and_is_not_consumed()
    {
        var consumed = FillWindow();

        Assert.Empty(_connection.PeerSends(Large(7), Peer.Heartbeat()));
        Assert.Equal(consumed, _connection.Consumed.Count);
    }

    [Fact]
    public void It_goes_on_when_enough_is_written()
    {
        FillWindow();
        _connection.PeerSends(Large(7), Peer.Heartbeat());

        Assert.Empty(_connection.Gets(Over.AckFromOther(Own, received: PerWindow)));
        Assert.Equal(
            [Over.Sends(Own, PerWindow + 1, Large(7)), new Wrote("CA")],
            _connection.Gets(Over.AckFromOther(Own, received: PerWindow, written: 1)));
        Assert.Equal(1, _connection.Consumed[^1]);
    }

    [Fact]
    public void What_comes_from_others_does_not_wait_for_it()
    {
        FillWindow();
        _connection.PeerSends(Large(7));

        Assert.Equal([new Wrote("2 7 09")], _connection.Gets(Over.FrameFromOther(Own, 1, Peer.Send(0, 9))));
    }

    [Fact]
    public void Who_waits_for_room_asks_for_a_word_that_may_be_lost()
    {
        var question = new LinkFrame(Own, Self, Other, PerWindow, Memory<byte>.Empty, More: false);
        FillWindow();
        _connection.PeerSends(Large(7));
        _connection.Gets(Over.AckFromOther(Own, received: PerWindow));

        Assert.Equal([new Told(Other, question)], _connection.Passes(SendWindow.Patience + 250));
        Assert.Equal(
            [Over.Sends(Own, PerWindow + 1, Large(7))],
            _connection.Gets(Over.AckFromOther(Own, received: PerWindow, written: PerWindow)));
    }

    [Fact]
    public void Who_is_asked_says_how_far_it_has_come()
    {
        _connection.Gets(Over.FrameFromOther(Own, 1, Peer.Send(0, 1)));
        _connection.SocketWrites();
        _connection.Passes(100);

        Assert.Empty(_connection.Gets(new LinkFrame(Own, Other, Self, 1, Memory<byte>.Empty, More: false)));
        Assert.Equal([Over.Says(Own, received: 1, written: 1)], _connection.Passes(100));
    }

    [Fact]
    public void The_links_of_a_connection_share_what_may_be_under_way()
    {
        for (short id = 8; id <= 11; id++)
            _connection.ConnectedAs(id, request: id - 6);

        var frames = 0;
        for (var i = 0; i < PerBudget + 1; i++)
            frames += _connection.PeerSends(Large((short)(7 + (i % 5)))).Length;

        Assert.Equal(PerBudget, frames);
        Assert.Equal(PerBudget, _connection.Letters.Count(sent => sent.Letter is LinkFrame));
    }

    [Fact]
    public void What_has_come_is_told_within_100_ms()
    {
        Assert.Single(_connection.Gets(Over.FrameFromOther(Own, 1, Peer.Send(0, 1))));
        Assert.Single(_connection.Gets(Over.FrameFromOther(Own, 2, Peer.Send(0, 2))));
        Assert.Empty(_connection.SocketWrites(1));

        Assert.Empty(_connection.Passes(99));
        Assert.Equal([Over.Says(Own, received: 2, written: 1)], _connection.Passes(1));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void Much_that_is_written_is_told_at_once()
    {
        Receive(from: 1, to: 3);

        Assert.Empty(_connection.SocketWrites(2));
        Assert.Equal([Over.Says(Own, received: 3, written: 3)], _connection.SocketWrites(1));
    }

    [Fact]
    public void What_has_no_room_is_dropped_and_its_sender_told_at_once()
    {
        Receive(from: 1, to: PerBudget);

        Assert.Equal(
            [Over.Says(Own, received: PerBudget, full: true)],
            _connection.Gets(Over.FrameFromOther(Own, PerBudget + 1, Large(0))));
    }

    [Fact]
    public void The_sender_is_told_when_half_of_the_room_is_free_again()
    {
        var open = Over.Says(Own, PerBudget, PerBudget / 2);
        Receive(from: 1, to: PerBudget);
        _connection.Gets(Over.FrameFromOther(Own, PerBudget + 1, Large(0)));

        Assert.DoesNotContain(open, _connection.SocketWrites((PerBudget / 2) - 1));
        Assert.Contains(open, _connection.SocketWrites(1));
        Assert.Single(_connection.Gets(Over.FrameFromOther(Own, PerBudget + 1, Large(0))), done => done is Wrote);
    }

    private static byte[] Large(short id) => Peer.Send(id, new byte[Length - 8]);

    private int FillWindow()
    {
        for (var i = 0; i < PerWindow; i++)
            Assert.Single(_connection.PeerSends(Large(7)));
        return _connection.Consumed.Count;
    }

    private void Receive(int from, int to)
    {
        for (var number = from; number <= to; number++)
            Assert.Single(_connection.Gets(Over.FrameFromOther(Own, number, Large(0))));
    }
}
