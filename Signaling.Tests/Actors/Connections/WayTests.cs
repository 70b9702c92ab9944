using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>How frames travel: through their link's address, or straight to the other end.</summary>
public sealed class WayTests
{
    private static readonly LinkName Own = Link(2);
    private static readonly Told FirstStraight = new(Other, Over.FrameOf(Own, 1, Peer.Send(7, 1)));
    private static readonly Told SecondStraight = new(Other, Over.FrameOf(Own, 2, Peer.Send(7, 2)));
    private readonly TestConnection _connection = new TestConnection().Holding().ConnectedAs(7, request: 2);

    [Fact]
    public void What_is_not_confirmed_for_half_a_second_is_sent_again_straight()
    {
        _connection.PeerSends(Peer.Send(7, 1));

        Assert.Empty(_connection.Passes(SendWindow.Patience - 1));
        Assert.Equal([FirstStraight], _connection.Passes(1));
    }

    [Fact]
    public void A_link_that_goes_straight_does_so_for_good()
    {
        _connection.PeerSends(Peer.Send(7, 1));
        _connection.Passes(SendWindow.Patience);
        _connection.Gets(Over.AckFromOther(Own, received: 1, written: 1));

        Assert.Equal([SecondStraight], _connection.PeerSends(Peer.Send(7, 2)));
    }

    [Fact]
    public void A_link_that_is_answered_in_time_keeps_its_way()
    {
        _connection.PeerSends(Peer.Send(7, 1));
        _connection.Passes(SendWindow.Patience - 1);
        _connection.Gets(Over.AckFromOther(Own, received: 1));

        Assert.Equal([Over.Sends(Own, 2, Peer.Send(7, 2))], _connection.PeerSends(Peer.Send(7, 2)));
    }

    [Fact]
    public void A_link_whose_other_end_is_full_keeps_its_way()
    {
        _connection.PeerSends(Peer.Send(7, 1));
        _connection.Gets(Over.AckFromOther(Own, received: 0, full: true));

        Assert.Equal([Over.Sends(Own, 1, Peer.Send(7, 1))], _connection.Passes(SendWindow.Patience));
        Assert.Equal([Over.Sends(Own, 1, Peer.Send(7, 1))], _connection.Gets(Over.AckFromOther(Own, received: 0)));
    }

    [Fact]
    public void Repeats_have_pauses_that_grow_up_to_2_s()
    {
        _connection.PeerSends(Peer.Send(7, 1));
        _connection.Passes(SendWindow.Patience);

        foreach (var pause in new[] { 1_000, 2_000, 2_000 })
        {
            Assert.Empty(_connection.Passes(pause - 1));
            Assert.Equal([FirstStraight], _connection.Passes(1));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_address_stops_or_its_node_has_left_what_may_be_lost_goes_straight_at_once(bool stops)
    {
        _connection.PeerSends(Peer.Send(7, 1), Peer.Send(7, 2));

        Assert.Equal([FirstStraight, SecondStraight], stops ? _connection.Gets(new RelayStopped(Own)) : _connection.Removes(Relay.Node));
        Assert.Empty(_connection.Gets(new RelayStopped(Own)));
        Assert.Empty(_connection.Removes(Relay.Node));
    }

    [Fact]
    public void An_end_goes_the_way_of_its_link()
    {
        _connection.Gets(new RelayStopped(Own));

        Assert.Contains(new Told(Other, Over.EndOf(Own, 1)), _connection.PeerSends(Peer.Disconnect(7)));
    }
}
