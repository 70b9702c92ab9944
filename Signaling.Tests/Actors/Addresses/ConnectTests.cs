using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Addresses.TestAddress;

namespace Signaling.Tests.Actors.Addresses;

public sealed class ConnectTests
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

    // Whether it ever opened and is over, only the holder knows.
    [Fact]
    public void A_repeated_connect_is_offered_to_the_same_holder_when_the_link_is_over()
    {
        _address.HeldBy(Held);
        _address.Connects(Link);
        _address.Gets(new LinkEnd(Link, Bob, Alice, 1));
        _address.Releases(Held);
        _address.HeldBy(new ReservationName(Carol, 1));

        Assert.Equal([Offered(Link, Held)], _address.Connects(Link));
    }

    [Fact]
    public void A_connect_older_than_the_last_request_of_its_connection_is_ignored()
    {
        _address.HeldBy(Held);
        _address.Connects(Link with { Request = 5 });

        Assert.Empty(_address.Connects(Link));
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
        _address.Releases(Held);
        Assert.True(_address.IsEmpty);
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

    private static Told Offered(LinkName link, ReservationName host) => new(host.Connection, new Offer(link, host, Self));

    private static Told RefusedTo(LinkName link) => new(link.Initiator, new Refused(link));
}
