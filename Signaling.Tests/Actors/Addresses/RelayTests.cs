using Signaling.Actors.Messages;
using Xunit;
using static Signaling.Tests.Actors.Addresses.TestAddress;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>What an address passes on.</summary>
public sealed class RelayTests
{
    private const long LongestSilence = 120_000;
    private static readonly ReservationName Held = new(Alice, 1);
    private static readonly LinkName Link = new(Bob, 4);
    private readonly TestAddress _address = new TestAddress().HeldBy(Held);

    public RelayTests() => _address.Connects(Link);

    [Fact]
    public void Frames_and_ends_go_to_the_other_end_both_ways()
    {
        Assert.Equal([new Told(Alice, FrameOf(Link, Bob, Alice))], _address.Gets(FrameOf(Link, Bob, Alice)));
        Assert.Equal([new Told(Bob, FrameOf(Link, Alice, Bob))], _address.Gets(FrameOf(Link, Alice, Bob)));
        Assert.Equal([new Told(Alice, EndOf(Link, Bob, Alice))], _address.Gets(EndOf(Link, Bob, Alice)));
        Assert.Equal([new Told(Bob, EndOf(Link, Alice, Bob))], _address.Gets(EndOf(Link, Alice, Bob)));
    }

    // It may have forgotten the link for its silence: its ends know better.
    [Fact]
    public void Those_of_unknown_links_too()
    {
        var unknown = new LinkName(Carol, 9);

        Assert.Equal(
            [new Told(Bob, FrameOf(unknown, Carol, Bob)), new Told(Carol, EndOf(unknown, Bob, Carol))],
            _address.Gets(FrameOf(unknown, Carol, Bob), EndOf(unknown, Bob, Carol)));
        _address.Gets(EndOf(Link, Bob, Alice));
        Assert.Equal([new Told(Bob, FrameOf(Link, Alice, Bob))], _address.Gets(FrameOf(Link, Alice, Bob)));
    }

    [Fact]
    public void Links_outlive_the_reservation_and_keep_the_address()
    {
        _address.Releases(Held);

        Assert.False(_address.IsEmpty);
        _address.Gets(EndOf(Link, Alice, Bob));
        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void A_link_that_is_silent_for_two_minutes_keeps_it_no_longer()
    {
        _address.Releases(Held);
        _address.Passes(LongestSilence - 1);
        Assert.False(_address.IsEmpty);

        _address.Passes(1);

        Assert.True(_address.IsEmpty);
        Assert.False(_address.NeedsTick);
    }

    [Fact]
    public void A_frame_ends_the_silence()
    {
        _address.Releases(Held);
        _address.Passes(LongestSilence - 1);
        _address.Gets(FrameOf(Link, Bob, Alice));

        _address.Passes(LongestSilence - 1);
        Assert.False(_address.IsEmpty);
        _address.Passes(1);
        Assert.True(_address.IsEmpty);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Links_to_a_lost_node_are_over(int node)
    {
        _address.Releases(Held);
        _address.Loses(node);

        Assert.True(_address.IsEmpty);
    }

    [Fact]
    public void Links_between_other_nodes_outlast_a_lost_one()
    {
        _address.Releases(Held);
        _address.Loses(Carol.Node);

        Assert.False(_address.IsEmpty);
    }

    [Fact]
    public void Both_ends_of_each_link_are_told_when_it_stops()
    {
        var another = new LinkName(Carol, 6);
        _address.Connects(another);

        Assert.Equal(
            [
                new Told(Bob, new RelayStopped(Link)),
                new Told(Alice, new RelayStopped(Link)),
                new Told(Carol, new RelayStopped(another)),
                new Told(Alice, new RelayStopped(another)),
            ],
            _address.Stops());
    }

    private static LinkFrame FrameOf(LinkName link, ConnectionUid from, ConnectionUid to) =>
        new(link, from, to, 1, new byte[] { 2, 0, 0, 64 }, More: false);

    private static LinkEnd EndOf(LinkName link, ConnectionUid from, ConnectionUid to) => new(link, from, to, 2);
}
