using Signaling.Actors.Connections;
using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>A link that was closed at this end, until the other has taken all that was sent.</summary>
public sealed class LingerTests
{
    private static readonly LinkName Own = Link(2);
    private static readonly LinkName Guest = LinkFromOther(5);
    private readonly TestConnection _connection = new TestConnection().Holding().ConnectedAs(7, request: 2).WithGuest(5);

    public LingerTests() => _connection.Take();

    [Fact]
    public void A_lost_end_is_sent_again_straight_with_what_came_before_it()
    {
        _connection.PeerSends(Peer.Send(7, 1), Peer.Disconnect(7));

        Assert.Equal(
            [new Told(Other, Over.FrameOf(Own, 1, Peer.Send(7, 1))), new Told(Other, Over.EndOf(Own, 2))],
            _connection.Passes(SendWindow.Patience));
    }

    [Fact]
    public void It_is_forgotten_when_its_end_is_confirmed()
    {
        _connection.PeerSends(Peer.Send(7, 1), Peer.Disconnect(7));
        Assert.Equal(2, _connection.Links.Count);

        _connection.Gets(Over.AckFromOther(Own, received: 1));
        Assert.Equal(2, _connection.Links.Count);
        Assert.Empty(_connection.Gets(Over.AckFromOther(Own, received: 2)));

        Assert.Equal([new BrokenLink(Guest, Self, Other)], _connection.Links);
        Assert.Empty(_connection.Passes(ConnectionState.LongestLinger));
    }

    [Fact]
    public void It_is_forgotten_when_the_other_end_is_gone()
    {
        _connection.PeerSends(Peer.Disconnect(7));

        Assert.Empty(_connection.Gets(Over.GoneFromOther(Own)));
        Assert.Single(_connection.Links);
    }

    [Fact]
    public void It_is_forgotten_when_the_node_of_the_other_end_has_left()
    {
        _connection.PeerSends(Peer.Disconnect(7), Peer.Disconnect(16384));

        Assert.Empty(_connection.Removes(Other.Node));
        Assert.Empty(_connection.Links);
    }

    [Fact]
    public void Its_id_is_free_at_once()
    {
        _connection.PeerSends(Peer.Disconnect(7));

        Assert.Equal([new Asked(new Connect(RoomKey, Link(3)))], _connection.PeerSends(Peer.Connect(7, "room")));
        _connection.Gets(Acceptance(Link(3)));
        _connection.Gets(Over.AckFromOther(Own, received: 1));
        Assert.Single(_connection.PeerSends(Peer.Send(7, 1)), Over.Sends(Link(3), 1, Peer.Send(7, 1)));
    }

    [Fact]
    public void What_still_comes_is_confirmed_and_dropped()
    {
        _connection.PeerSends(Peer.Disconnect(7));

        Assert.Empty(_connection.Gets(Over.FrameFromOther(Own, 1, Peer.Send(0, 1)), Over.FrameFromOther(Own, 2, Peer.Send(0, 2))));
        Assert.Equal([Over.Says(Own, received: 2, written: 2)], _connection.Passes(100));
    }

    [Fact]
    public void After_15_s_it_is_left_to_the_node()
    {
        _connection.PeerSends(Peer.Disconnect(7));

        Assert.DoesNotContain(_connection.Passes(ConnectionState.LongestLinger - 1), done => done is Broke);
        var broke = Assert.Single(_connection.Passes(SendWindow.LongestPause), done => done is Broke);
        Assert.Equal(new Broke(new BrokenLink(Own, Self, Other)), broke);
        Assert.Equal([new BrokenLink(Guest, Self, Other)], _connection.Links);
    }

    [Fact]
    public void A_closed_connection_lives_until_all_its_ends_are_confirmed()
    {
        _connection.PeerCloses();

        Assert.Empty(_connection.Gets(Over.AckFromOther(Own, received: 1)));
        Assert.Equal([new Stopped()], _connection.Gets(Over.AckFromOther(Guest, received: 1)));
        Assert.False(_connection.NeedsTick);
    }

    [Fact]
    public void A_closed_connection_writes_nothing_that_still_comes()
    {
        _connection.PeerCloses();

        Assert.Empty(_connection.Gets(Over.FrameFromOther(Own, 1, Peer.Send(0, 1))));
        Assert.Equal([Over.Says(Own, received: 2, written: 1)], _connection.Gets(Over.EndFromOther(Own, 2)));
    }

    [Fact]
    public void A_closed_connection_ends_after_15_s_whatever_is_not_confirmed()
    {
        _connection.PeerCloses();
        _connection.Passes(ConnectionState.LongestLinger - 1);
        var done = _connection.Passes(SendWindow.LongestPause);

        Assert.Contains(new Broke(new BrokenLink(Own, Self, Other)), done);
        Assert.Contains(new Broke(new BrokenLink(Guest, Self, Other)), done);
        Assert.Equal(new Stopped(), done[^1]);
        Assert.False(_connection.NeedsTick);
    }
}
