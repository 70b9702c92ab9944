using Signaling.Actors.Connections;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Connections;

/// <summary>What a peer may not do is denied before any address is asked.</summary>
public sealed class RightsTests
{
    [Fact]
    public void A_pattern_s_star_stands_for_any_units()
    {
        var pattern = new AddressPattern("room-*", "*-lobby", "a*b*c");

        Assert.All(["room-", "room-17", "x-lobby", "-lobby", "abc", "a1b2c", "abbcc"], address => Assert.True(pattern.Matches(address)));
        Assert.All(["", "Room-1", "room", "lobby", "ab", "acb", "abcd"], address => Assert.False(pattern.Matches(address)));
    }

    [Fact]
    public void Who_may_only_connect_is_given_no_address()
    {
        var connection = new TestConnection(rights: new PeerRights { MayListen = false });

        Assert.Equal([new Counted(Refusal.NoRight), new Wrote("4 -1 \"room\"")], connection.PeerSends(Peer.Reserve("room")));
        Assert.IsType<Asked>(Assert.Single(connection.PeerSends(Peer.Connect(1, "room"))));
    }

    [Fact]
    public void Who_may_only_listen_is_given_no_link()
    {
        var connection = new TestConnection(rights: new PeerRights { MayConnect = false });

        Assert.Equal([new Counted(Refusal.NoRight), new Wrote("7 1")], connection.PeerSends(Peer.Connect(1, "room")));
        Assert.IsType<Asked>(Assert.Single(connection.PeerSends(Peer.Reserve("room"))));
    }

    [Fact]
    public void Another_address_than_those_of_the_pattern_is_not_asked_for()
    {
        var connection = new TestConnection(rights: new PeerRights { Addresses = new AddressPattern("room-*") });

        Assert.Equal([new Counted(Refusal.NoRight), new Wrote("4 -1 \"room\"")], connection.PeerSends(Peer.Reserve("room")));
        Assert.Equal([new Counted(Refusal.NoRight), new Wrote("7 1")], connection.PeerSends(Peer.Connect(1, "room")));
        Assert.IsType<Asked>(Assert.Single(connection.PeerSends(Peer.Reserve("room-1"))));
    }
}
