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

        Assert.Equal([Over.Sends(Own, 1, sent)], _connection.PeerSends(message));
    }

    [Fact]
    public void Data_for_a_guest_come_from_the_acceptor() =>
        Assert.Equal([Over.Sends(Guest, 1, Peer.Send(16384, 1))], _connection.PeerSends(Peer.Send(16384, 1)));

    [Fact]
    public void What_stands_behind_the_data_is_not_relayed()
    {
        byte[] message = [.. Peer.Send(7, 1, 2), 3, 4, 5];

        Assert.Equal([Over.Sends(Own, 1, Peer.Send(7, 1, 2))], _connection.PeerSends(message));
        Assert.Equal(message.Length, _connection.Consumed[^1]);
    }

    [Fact]
    public void A_large_frame_goes_out_in_pieces_and_comes_out_whole()
    {
        var frame = Peer.Send(7, new byte[(2 * LinkFrame.MaxData) + 1]);
        _connection.PeerSends(frame);
        var pieces = _connection.Letters.Select(sent => sent.Letter).OfType<LinkFrame>().ToArray();
        Assert.Equal([(1, true), (2, true), (3, false)], pieces.Select(piece => (piece.Number, piece.More)));

        var arriving = pieces.Select(piece => piece with { Link = Guest, From = Other, To = Self, Data = piece.Data.ToArray() }).ToArray();
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
            _connection.Gets(Over.FrameFromOther(Own, 1, frame)));
    }

    [Fact]
    public void Each_direction_of_each_link_is_numbered_by_itself()
    {
        Assert.Equal(
            [Over.Sends(Own, 1, Peer.Send(7, 1)), Over.Sends(Own, 2, Peer.Send(7, 2)), Over.Sends(Guest, 1, Peer.Send(16384, 3))],
            _connection.PeerSends(Peer.Send(7, 1), Peer.Send(7, 2), Peer.Send(16384, 3)));
        Assert.Equal([new Wrote("2 7 04")], _connection.Gets(Over.FrameFromOther(Own, 1, Peer.Send(0, 4))));
    }

    [Fact]
    public void Only_the_next_is_taken()
    {
        Assert.Empty(_connection.Gets(Over.FrameFromOther(Own, 2, Peer.Send(0, 2)), Over.EndFromOther(Own, 3)));
        Assert.Equal(
            [new Wrote("2 7 01"), new Wrote("2 7 02")],
            _connection.Gets(
                Over.FrameFromOther(Own, 1, Peer.Send(0, 1)),
                Over.FrameFromOther(Own, 1, Peer.Send(0, 1)),
                Over.FrameFromOther(Own, 2, Peer.Send(0, 2))));
    }

    [Fact]
    public void Letters_that_claim_to_come_from_another_than_the_other_end_do_nothing()
    {
        var third = new ConnectionUid(4, 40);

        Assert.Empty(_connection.Gets(
            Over.FrameFromOther(Own, 1, Peer.Send(7, 1)) with { From = Self },
            Over.EndFromOther(Own, 1) with { From = third },
            Over.GoneFromOther(Guest) with { From = third },
            Over.EndFromOther(Guest, 1) with { From = Self }));
        Assert.Equal(2, _connection.Links.Count);
    }

    [Fact]
    public void Who_still_sends_over_an_unknown_link_is_told_that_it_is_gone() =>
        Assert.Equal(
            [
                new Told(Other, Over.GoneOf(Link(2, ordinal: 1))),
                new Told(Other, Over.GoneOf(LinkFromOther(2))),
                new Told(Other, Over.GoneOf(Link(99))),
            ],
            _connection.Gets(
                Over.FrameFromOther(Link(2, ordinal: 1), 1, Peer.Send(7, 1)),
                Over.EndFromOther(LinkFromOther(2), 1),
                Acceptance(Link(99))));

    [Fact]
    public void Other_letters_about_an_unknown_link_do_nothing() =>
        Assert.Empty(_connection.Gets(
            new Confirmed(LinkFromOther(99)),
            new Refused(Link(99)),
            new RelayStopped(Link(99)),
            Over.AckFromOther(Link(99), received: 1),
            Over.GoneFromOther(Link(99))));
}
