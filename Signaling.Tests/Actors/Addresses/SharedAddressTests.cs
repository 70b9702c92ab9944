using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Addresses.TestAddress;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>An address in an app that shares them.</summary>
public sealed class SharedAddressTests
{
    private static readonly ReservationName First = new(Alice, 1);
    private static readonly ReservationName Second = new(Bob, 4);
    private static readonly ReservationName Third = new(Carol, 2);
    private readonly TestAddress _address = new();

    [Fact]
    public void It_is_granted_to_all_with_those_who_were_there_before()
    {
        Assert.Equal([Shares(First, 1)], _address.Reserves(First, shared: true));
        Assert.Equal([Shares(Second, 2, First)], _address.Reserves(Second, shared: true));
        Assert.Equal([Shares(Third, 3, First, Second)], _address.Reserves(Third, shared: true));
    }

    [Fact]
    public void A_repeated_request_keeps_its_place()
    {
        _address.Reserves(First, shared: true);
        _address.Reserves(Second, shared: true);
        _address.Reserves(Third, shared: true);

        Assert.Equal([Shares(Second, 2, First)], _address.Reserves(Second, shared: true));
    }

    [Fact]
    public void Who_leaves_is_not_listed_any_more()
    {
        _address.Reserves(First, shared: true);
        _address.Reserves(Second, shared: true);
        _address.Releases(First);

        Assert.Equal([Shares(Third, 3, Second)], _address.Reserves(Third, shared: true));
    }

    [Fact]
    public void Who_comes_again_comes_last()
    {
        _address.Reserves(First, shared: true);
        _address.Reserves(Second, shared: true);

        Assert.Equal([Shares(First with { Request = 2 }, 3, Second)], _address.Reserves(First with { Request = 2 }, shared: true));
    }

    [Fact]
    public void Those_on_a_lost_node_are_not_listed_any_more()
    {
        var another = new ReservationName(new ConnectionUid(Alice.Node, 11), 1);
        _address.HeldBy(First, shared: true).HeldBy(Second, shared: true).HeldBy(another, shared: true);
        _address.Loses(Alice.Node);

        Assert.Equal([Shares(Third, 4, Second)], _address.Reserves(Third, shared: true));
    }

    [Fact]
    public void One_more_than_may_share_it_is_denied_at_once_and_for_good()
    {
        _address.Gets(Limited(First));
        _address.Gets(Limited(Second));

        Assert.Equal([IsFull(Third)], _address.Gets(Limited(Third)));
        _address.Releases(First);
        Assert.Equal([IsFull(Third)], _address.Gets(Limited(Third)));
        Assert.Equal([Shares(Third with { Request = 3 }, 3, Second)], _address.Gets(Limited(Third with { Request = 3 })));
    }

    [Fact]
    public void One_of_those_who_share_it_comes_again_though_it_is_full()
    {
        _address.Gets(Limited(First));
        _address.Gets(Limited(Second));

        Assert.Equal([Shares(First with { Request = 2 }, 3, Second)], _address.Gets(Limited(First with { Request = 2 })));
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(501, 2)]
    [InlineData(1000, 2)]
    [InlineData(1001, 3)]
    public void Many_who_were_there_before_come_in_pages(int count, int pages)
    {
        var earlier = Enumerable.Range(1, count).Select(i => new ReservationName(new ConnectionUid(1, i), 1)).ToArray();
        foreach (var name in earlier)
            _address.Reserves(name, shared: true);

        var told = _address.Reserves(Third, shared: true);

        Assert.Equal(pages, told.Length);
        var standing = StandingOf(Third, count + 1, shared: true);
        Assert.Equal(
            earlier.Chunk(Granted.PageSize).Select((page, i) =>
                new Told(Carol.Node, new Granted(standing, Self, page, i * Granted.PageSize, count))),
            told);
    }

    private static Reserve Limited(ReservationName name) => new(Key, name, Shared: true, MostListeners: 2);

    private static Told IsFull(ReservationName name) => new(name.Connection, new Denied(name, IsFull: true));
}
