using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Addresses.TestAddress;

namespace Signaling.Tests.Actors.Addresses;

public sealed class LinkTests
{
    private static readonly ReservationName Held = new(Alice, 1);
    private static readonly LinkName Link = new(Bob, 4);
    private readonly TestAddress _address = new();

    [Fact]
    public void A_connect_is_offered_to_the_holder()
    {
        _address.Reserves(Held);

        Assert.Equal([Offered(Link, Held)], _address.Connects(Link));
    }

    [Fact]
    public void A_connect_to_nobody_is_refused()
    {
        Assert.Equal([RefusedTo(Link)], _address.Connects(Link));
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_connect_to_more_than_one_is_refused()
    {
        _address.Reserves(Held, shared: true);
        _address.Reserves(new ReservationName(Carol, 1), shared: true);

        Assert.Equal([RefusedTo(Link)], _address.Connects(Link));
    }

    [Fact]
    public void A_connect_to_the_only_one_at_a_shared_address_is_offered()
    {
        _address.Reserves(Held, shared: true);

        Assert.Equal([Offered(Link, Held)], _address.Connects(Link));
    }

    [Fact]
    public void A_connect_to_oneself_is_refused()
    {
        _address.Reserves(Held);

        Assert.Equal([RefusedTo(new LinkName(Alice, 4))], _address.Connects(new LinkName(Alice, 4)));
    }

    [Fact]
    public void A_repeated_connect_is_offered_again_while_the_link_is_there()
    {
        _address.Reserves(Held);
        _address.Connects(Link);

        Assert.Equal([Offered(Link, Held)], _address.Connects(Link));
    }

    [Fact]
    public void A_repeated_connect_is_refused_when_the_link_is_over()
    {
        _address.Reserves(Held);
        _address.Connects(Link);
        _address.Gets(new LinkEnd(Link, Bob));

        Assert.Equal([RefusedTo(Link)], _address.Connects(Link));
        Assert.Equal([Offered(Link with { Request = 5 }, Held)], _address.Connects(Link with { Request = 5 }));
    }

    [Fact]
    public void A_refused_connect_stays_refused()
    {
        _address.Connects(Link);
        _address.Reserves(Held);

        Assert.Equal([RefusedTo(Link)], _address.Connects(Link));
    }

    [Fact]
    public void The_holder_s_refusal_is_passed_on_and_removes_the_link()
    {
        _address.Reserves(Held);
        _address.Connects(Link);

        Assert.Equal([RefusedTo(Link)], _address.Gets(new Refused(Link)));
        Assert.Empty(_address.Gets(new Refused(Link)));
        Assert.Empty(_address.Gets(FrameOf(Link, Bob)));
    }

    [Fact]
    public void A_join_is_offered_to_the_one_it_names()
    {
        var other = new ReservationName(Carol, 1);
        _address.Reserves(Held, shared: true);
        _address.Reserves(other, shared: true);

        Assert.Equal([Offered(new LinkName(Bob, 4, 1), Held)], _address.Joins(new LinkName(Bob, 4, 1), Held));
        Assert.Equal([Offered(new LinkName(Bob, 4, 2), other)], _address.Joins(new LinkName(Bob, 4, 2), other));
    }

    [Fact]
    public void A_join_with_one_who_has_left_is_refused()
    {
        _address.Reserves(Held, shared: true);

        Assert.Equal([RefusedTo(new LinkName(Bob, 4, 1))], _address.Joins(new LinkName(Bob, 4, 1), Held with { Request = 2 }));
    }

    [Fact]
    public void Frames_go_to_the_other_end_both_ways()
    {
        Open();

        Assert.Equal([new Told(Alice, FrameOf(Link, Bob))], _address.Gets(FrameOf(Link, Bob)));
        Assert.Equal([new Told(Bob, FrameOf(Link, Alice))], _address.Gets(FrameOf(Link, Alice)));
    }

    [Fact]
    public void Frames_of_an_unknown_link_go_nowhere()
    {
        Open();

        Assert.Empty(_address.Gets(FrameOf(new LinkName(Bob, 5), Bob), new LinkEnd(new LinkName(Carol, 4), Alice)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_end_is_the_last_letter_of_its_link(bool ofInitiator)
    {
        var (from, to) = ofInitiator ? (Bob, Alice) : (Alice, Bob);
        Open();

        Assert.Equal([new Told(to, new LinkEnd(Link, from))], _address.Gets(new LinkEnd(Link, from)));
        Assert.Empty(_address.Gets(FrameOf(Link, Bob), FrameOf(Link, Alice), new LinkEnd(Link, from)));
    }

    [Fact]
    public void Links_outlive_the_reservation_and_keep_the_address()
    {
        Open();
        _address.Releases(Held);

        Assert.False(_address.IsEmpty);
        Assert.Equal([new Told(Alice, FrameOf(Link, Bob))], _address.Gets(FrameOf(Link, Bob)));
        _address.Gets(new LinkEnd(Link, Alice));
        Assert.True(_address.IsEmpty);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Links_to_a_lost_node_are_over(int node)
    {
        Open();
        _address.Releases(Held);
        _address.Loses(node);

        Assert.True(_address.IsEmpty);
        Assert.Empty(_address.Gets(FrameOf(Link, Bob), FrameOf(Link, Alice)));
    }

    [Fact]
    public void Links_between_other_nodes_outlast_a_lost_one()
    {
        Open();
        _address.Loses(Carol.Node);

        Assert.Equal([new Told(Alice, FrameOf(Link, Bob))], _address.Gets(FrameOf(Link, Bob)));
    }

    private static LinkFrame FrameOf(LinkName link, ConnectionUid from) => new(link, from, new byte[] { 2, 0, 0, 64 }, More: false);

    private static Told Offered(LinkName link, ReservationName host) => new(host.Connection, new Offer(link, host, Self));

    private static Told RefusedTo(LinkName link) => new(link.Initiator, new Refused(link));

    private void Open()
    {
        _address.Reserves(Held);
        _address.Connects(Link);
    }
}
