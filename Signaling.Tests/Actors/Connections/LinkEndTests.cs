using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>The end of an open link, whoever or whatever ends it: one 8 for each end that is still there.</summary>
public sealed class LinkEndTests
{
    private static readonly LinkName Own = Link(2);
    private static readonly LinkName Guest = LinkFromOther(5);
    private static readonly HashSet<Done> BothClosed = [new Wrote("8 7"), new Wrote("8 16384")];
    private readonly TestConnection _connection = new TestConnection().Holding().ConnectedAs(7, request: 2).WithGuest(5);

    public LinkEndTests() => _connection.Take();

    [Fact]
    public void A_link_closed_here_ends_there()
    {
        Assert.Equal([new Wrote("8 7"), new Told(Relay, Over.EndOf(Own, 1))], _connection.PeerSends(Peer.Disconnect(7)));
        Assert.Equal([new Wrote("8 16384"), new Told(Relay, Over.EndOf(Guest, 1))], _connection.PeerSends(Peer.Disconnect(16384)));
    }

    [Fact]
    public void A_link_closed_there_is_confirmed_and_ends_here() =>
        Assert.Equal(
            [Over.Says(Own, received: 1), new Wrote("8 7"), Over.Says(Guest, received: 1), new Wrote("8 16384")],
            _connection.Gets(Over.EndFromOther(Own, 1), Over.EndFromOther(Guest, 1)));

    [Fact]
    public void A_link_closed_at_both_ends_at_once_gets_one_8()
    {
        _connection.PeerSends(Peer.Disconnect(7));

        Assert.Equal([Over.Says(Own, received: 1)], _connection.Gets(Over.EndFromOther(Own, 1)));
        Assert.Empty(_connection.PeerSends(Peer.Disconnect(7)));
        Assert.Equal([new BrokenLink(Guest, Self, Other)], _connection.Links);
    }

    [Fact]
    public void A_link_whose_other_end_is_gone_gets_one_8()
    {
        Assert.Equal([new Wrote("8 7")], _connection.Gets(Over.GoneFromOther(Own)));
        Assert.Empty(_connection.Gets(Over.GoneFromOther(Own)));
        Assert.Empty(_connection.PeerSends(Peer.Disconnect(7)));
    }

    [Fact]
    public void After_its_end_a_link_carries_nothing()
    {
        _connection.Gets(Over.EndFromOther(Own, 1));

        Assert.Equal(
            [new Told(Other, Over.GoneOf(Own)), new Told(Other, Over.GoneOf(Own))],
            _connection.Gets(Over.FrameFromOther(Own, 2, Peer.Send(7, 1)), Over.EndFromOther(Own, 1)));
        Assert.Equal([new Ignored(IgnoredMessage.UnknownLink)], _connection.PeerSends(Peer.Send(7, 1)));
    }

    [Fact]
    public void What_was_sent_and_not_confirmed_is_dropped_when_the_other_end_has_closed()
    {
        _connection.PeerSends(Peer.Send(7, 1));
        _connection.Gets(Over.EndFromOther(Own, 1));

        Assert.Empty(_connection.Passes(ConnectionState.RequestTimeout));
    }

    [Fact]
    public void Data_sent_before_the_end_arrive_before_it() =>
        Assert.Equal(
            [new Wrote("2 7 01"), new Wrote("2 7 02"), Over.Says(Own, received: 3), new Wrote("8 7")],
            _connection.Gets(
                Over.FrameFromOther(Own, 1, Peer.Send(0, 1)),
                Over.FrameFromOther(Own, 2, Peer.Send(0, 2)),
                Over.EndFromOther(Own, 3)));

    [Fact]
    public void An_end_that_overtakes_data_waits_for_them()
    {
        Assert.Empty(_connection.Gets(Over.EndFromOther(Own, 2)));
        Assert.Equal(
            [new Wrote("2 7 01"), Over.Says(Own, received: 2), new Wrote("8 7")],
            _connection.Gets(Over.FrameFromOther(Own, 1, Peer.Send(0, 1)), Over.EndFromOther(Own, 2)));
    }

    [Fact]
    public void Links_to_a_node_that_has_left_end()
    {
        Assert.Equal(BothClosed, _connection.Removes(Other.Node).ToHashSet());
        Assert.Empty(_connection.Removes(Other.Node));
    }

    [Fact]
    public void Links_outlast_the_node_of_their_address()
    {
        Assert.Empty(_connection.Removes(Relay.Node));
        Assert.Equal([new Told(Other, Over.FrameOf(Own, 1, Peer.Send(7, 1)))], _connection.PeerSends(Peer.Send(7, 1)));
    }

    [Fact]
    public void Links_outlast_any_other_node()
    {
        Assert.Empty(_connection.Removes(99));
        Assert.Equal([Over.Sends(Own, 1, Peer.Send(7, 1))], _connection.PeerSends(Peer.Send(7, 1)));
    }
}
