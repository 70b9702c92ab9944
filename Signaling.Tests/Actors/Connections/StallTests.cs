using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>A receiver that keeps its sender waiting for too long loses the link.</summary>
public sealed class StallTests
{
    private const int Length = 30_008;
    private const int PerWindow = SendWindow.Size / Length;
    private static readonly LinkName Own = Link(1);
    private static readonly Broke OwnBroke = new(new BrokenLink(Own, Self, Other));
    private readonly TestConnection _connection = new TestConnection().ConnectedAs(7, request: 1);

    [Fact]
    public void After_10_s_the_link_is_broken_and_the_peer_goes_on()
    {
        Stall();

        Assert.DoesNotContain(OwnBroke, _connection.Passes(9_999));
        Assert.Equal(
            [OwnBroke, new Wrote("8 7"), new Ignored(Signaling.Actors.Connections.IgnoredMessage.UnknownLink), new Wrote("CA")],
            _connection.Passes(1));
        Assert.Empty(_connection.Links);
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void Beside_other_links_it_is_broken_before_they_have_waited_for_1_s()
    {
        _connection.ConnectedAs(8, request: 2);
        Stall();

        Assert.DoesNotContain(OwnBroke, _connection.Passes(749));
        Assert.Contains(OwnBroke, _connection.Passes(1));
        Assert.Single(_connection.Links);
    }

    [Fact]
    public void Stalls_of_a_minute_add_up()
    {
        Stall();
        var written = 0;
        for (var i = 0; i < 4; i++)
        {
            Assert.DoesNotContain(OwnBroke, _connection.Passes(2_000));
            written += PerWindow;
            _connection.Gets(Over.AckFromOther(Own, written, written));
            FillWindow(PerWindow - 1);
            _connection.Gets(Over.AckFromOther(Own, written + PerWindow, written));
        }

        Assert.DoesNotContain(OwnBroke, _connection.Passes(1_999));
        Assert.Contains(OwnBroke, _connection.Passes(1));
    }

    [Fact]
    public void A_receiver_that_always_takes_something_keeps_the_link()
    {
        Stall();
        for (var taken = 1; taken <= 100; taken++)
        {
            _connection.Gets(Over.AckFromOther(Own, PerWindow + taken - 1, taken));
            Assert.DoesNotContain(OwnBroke, _connection.PeerSends(Large()));
            Assert.DoesNotContain(OwnBroke, _connection.Passes(200));
        }
    }

    [Fact]
    public void The_link_that_has_most_under_way_is_the_one_that_stalls()
    {
        var large = Peer.Send(8, new byte[Budget.Limit - 100]);
        _connection.ConnectedAs(8, request: 2);
        _connection.PeerSends(large);
        _connection.PeerSends(Large());

        Assert.Contains(new Broke(new BrokenLink(Link(2), Self, Other)), _connection.Passes(1_000));
        Assert.Equal([new BrokenLink(Own, Self, Other)], _connection.Links);
        Assert.Contains(_connection.Letters, sent => sent.Letter is LinkFrame { Number: 1 } frame && frame.Link == Own);
    }

    [Fact]
    public void Many_links_together_keep_the_peer_waiting_for_no_longer_than_one()
    {
        for (short id = 8; id < 30; id++)
            _connection.ConnectedAs(id, request: id - 6);

        List<short> broken = [];
        for (short id = 8; id < 28; id++)
        {
            for (var i = 0; i <= PerWindow; i++)
                _connection.PeerSends(Peer.Send(id, new byte[Length - 8]));
            for (var waited = 0; waited < (id < 22 ? 1_000 : 1); waited += 250)
                broken.AddRange(_connection.Passes(250).OfType<Broke>().Select(_ => id));
        }

        Assert.Equal(Enumerable.Range(8, 20).Select(id => (short)id), broken);
    }

    private static byte[] Large() => Peer.Send(7, new byte[Length - 8]);

    private void FillWindow(int frames)
    {
        for (var i = 0; i < frames + 1; i++)
            _connection.PeerSends(Large());
    }

    private void Stall()
    {
        FillWindow(PerWindow);
        _connection.PeerSends(Peer.Heartbeat());
        _connection.Gets(Over.AckFromOther(Own, PerWindow));
        _connection.Take();
    }
}
