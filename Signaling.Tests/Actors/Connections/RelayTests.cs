using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;
using static Signaling.Tests.Actors.Connections.TestConnection;

namespace Signaling.Tests.Actors.Connections;

/// <summary>What travels over an open link, and its end.</summary>
public sealed class RelayTests
{
    private static readonly LinkName Own = Link(2);
    private static readonly LinkName Guest = LinkFromOther(5);
    private static readonly HashSet<Done> BothClosed = [new Wrote("8 7"), new Wrote("8 16384")];
    private readonly TestConnection _connection = new TestConnection().Holding().ConnectedAs(7, request: 2).WithGuest(5);

    public RelayTests() => _connection.Take();

    [Theory]
    [InlineData("0201 0700 02000000 AABB")]
    [InlineData("0101 0700 00000000")]
    [InlineData("0202 0700 01000000 00D8")]
    [InlineData("0200 0700")]
    public void A_peer_s_data_go_to_the_other_end_untouched(string hex)
    {
        var message = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var sent = message.ToArray();

        Assert.Equal([new Told(Relay, new LinkFrame(Own, Self, sent, More: false))], _connection.PeerSends(message));
    }

    [Fact]
    public void Data_for_a_guest_come_from_the_acceptor() =>
        Assert.Equal(
            [new Told(Relay, new LinkFrame(Guest, Self, Peer.Send(16384, 1), More: false))],
            _connection.PeerSends(Peer.Send(16384, 1)));

    [Fact]
    public void What_stands_behind_the_data_is_not_relayed()
    {
        byte[] message = [.. Peer.Send(7, 1, 2), 3, 4, 5];

        Assert.Equal([new Told(Relay, new LinkFrame(Own, Self, Peer.Send(7, 1, 2), More: false))], _connection.PeerSends(message));
        Assert.Equal(message.Length, _connection.Consumed[^1]);
    }

    [Fact]
    public void A_large_frame_goes_out_in_pieces_and_comes_out_whole()
    {
        var frame = Peer.Send(7, new byte[(2 * LinkFrame.MaxData) + 1]);
        _connection.PeerSends(frame);
        var pieces = _connection.Letters.Select(sent => sent.Letter).OfType<LinkFrame>().ToArray();
        Assert.Equal([true, true, false], pieces.Select(piece => piece.More));

        var arriving = pieces.Select(piece => piece with { Link = Guest, From = Other, Data = piece.Data.ToArray() }).ToArray();
        Assert.Empty(_connection.Gets(arriving[..2]));
        FrameHeader.RewriteId(frame, 16384);
        Assert.Equal([new Wrote(frame)], _connection.Gets(arriving[2]));
    }

    [Theory]
    [InlineData("0201 1234 02000000 AABB", "0201 0700 02000000 AABB")]
    [InlineData("0102 FFFF 01000000 00D8", "0102 0700 01000000 00D8")]
    [InlineData("0200 0000", "0200 0700")]
    public void The_other_end_s_data_arrive_under_this_peer_s_id(string sent, string written)
    {
        var frame = Convert.FromHexString(sent.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal(
            [new Wrote(Convert.FromHexString(written.Replace(" ", "", StringComparison.Ordinal)))],
            _connection.Gets(new LinkFrame(Own, Other, frame, More: false)));
    }

    [Fact]
    public void Letters_that_claim_to_come_from_this_end_do_nothing() =>
        Assert.Empty(_connection.Gets(
            new LinkFrame(Own, Self, Peer.Send(7, 1), More: false),
            new LinkEnd(Own, Self),
            new LinkFrame(Guest, Self, Peer.Send(7, 1), More: false),
            new LinkEnd(Guest, Self)));

    [Fact]
    public void Letters_about_an_unknown_link_do_nothing() =>
        Assert.Empty(_connection.Gets(
            new LinkFrame(Link(2, ordinal: 1), Other, Peer.Send(7, 1), More: false),
            new LinkEnd(LinkFromOther(2), Other),
            new Confirmed(LinkFromOther(99)),
            new Refused(Link(99))));

    [Fact]
    public void A_link_closed_here_ends_there()
    {
        Assert.Equal(
            [new Wrote("8 7"), new Told(Relay, new LinkEnd(Own, Self))],
            _connection.PeerSends(Peer.Disconnect(7)));
        Assert.Equal(
            [new Wrote("8 16384"), new Told(Relay, new LinkEnd(Guest, Self))],
            _connection.PeerSends(Peer.Disconnect(16384)));
    }

    [Fact]
    public void A_link_closed_there_ends_here() =>
        Assert.Equal(
            [new Wrote("8 7"), new Wrote("8 16384")],
            _connection.Gets(new LinkEnd(Own, Other), new LinkEnd(Guest, Other)));

    [Fact]
    public void A_link_closed_at_both_ends_at_once_gets_one_8()
    {
        _connection.PeerSends(Peer.Disconnect(7));

        Assert.Empty(_connection.Gets(new LinkEnd(Own, Other)));
        Assert.Empty(_connection.PeerSends(Peer.Disconnect(7)));
    }

    [Fact]
    public void After_its_end_a_link_carries_nothing()
    {
        _connection.Gets(new LinkEnd(Own, Other));

        Assert.Empty(_connection.Gets(new LinkFrame(Own, Other, Peer.Send(7, 1), More: false), new LinkEnd(Own, Other)));
        Assert.Equal([new Ignored(IgnoredMessage.UnknownLink)], _connection.PeerSends(Peer.Send(7, 1)));
    }

    [Fact]
    public void Data_sent_before_the_end_arrive_before_it() =>
        Assert.Equal(
            [new Wrote("2 7 01"), new Wrote("2 7 02"), new Wrote("8 7")],
            _connection.Gets(
                new LinkFrame(Own, Other, Peer.Send(0, 1), More: false),
                new LinkFrame(Own, Other, Peer.Send(0, 2), More: false),
                new LinkEnd(Own, Other)));

    [Fact]
    public void Links_to_a_lost_node_end()
    {
        Assert.Equal(BothClosed, _connection.Loses(Other.Node).ToHashSet());
        Assert.Empty(_connection.Loses(Other.Node));
    }

    [Fact]
    public void Links_through_a_lost_node_end() =>
        Assert.Equal(BothClosed, _connection.Loses(Relay.Node).ToHashSet());

    [Fact]
    public void Other_links_outlast_a_lost_node()
    {
        Assert.Empty(_connection.Loses(99));
        Assert.Single(_connection.PeerSends(Peer.Send(7, 1)), done => done is Told);
    }
}
