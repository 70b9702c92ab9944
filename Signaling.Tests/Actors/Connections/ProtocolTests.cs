using Signaling.Actors.Connections;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Connections;

/// <summary>What a peer's message does that needs neither address nor link.</summary>
public sealed class ProtocolTests
{
    private readonly TestConnection _connection = new();

    [Fact]
    public void The_server_never_speaks_first() => Assert.Empty(_connection.Take());

    [Theory]
    [InlineData("C9")]
    [InlineData("C901")]
    [InlineData("C902")]
    [InlineData("C9FF00112233445566778899")]
    public void A_version_gets_the_server_s(string hex) =>
        Assert.Equal([new Wrote("C902")], _connection.PeerSends(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("CA")]
    [InlineData("CA00")]
    [InlineData("CA00112233445566778899")]
    public void A_heartbeat_gets_the_same(string hex) =>
        Assert.Equal([new Wrote("CA")], _connection.PeerSends(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("", IgnoredMessage.Malformed)]
    [InlineData("02", IgnoredMessage.Malformed)]
    [InlineData("020000", IgnoredMessage.Malformed)]
    [InlineData("02030000", IgnoredMessage.Malformed)]
    [InlineData("02010000FFFFFFFF", IgnoredMessage.Malformed)]
    [InlineData("0302FFFF020000006100", IgnoredMessage.Malformed)]
    [InlineData("00000000", IgnoredMessage.Type)]
    [InlineData("0400FFFF", IgnoredMessage.Type)]
    [InlineData("07000000", IgnoredMessage.Type)]
    [InlineData("09000000", IgnoredMessage.Type)]
    [InlineData("64000000", IgnoredMessage.Type)]
    [InlineData("65000000", IgnoredMessage.Type)]
    [InlineData("66000000", IgnoredMessage.Type)]
    [InlineData("C8000000", IgnoredMessage.Type)]
    [InlineData("CB000000", IgnoredMessage.Type)]
    [InlineData("FF000000", IgnoredMessage.Type)]
    [InlineData("0300FFFF", IgnoredMessage.NoAddress)]
    [InlineData("0301FFFF0100000061", IgnoredMessage.NoAddress)]
    [InlineData("01010000 01000000 00", IgnoredMessage.UnknownLink)]
    [InlineData("02010040 01000000 00", IgnoredMessage.UnknownLink)]
    [InlineData("0202FFFF 01000000 0000", IgnoredMessage.UnknownLink)]
    public void What_means_nothing_is_ignored_and_the_connection_stays(string hex, IgnoredMessage reason)
    {
        var message = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal([new Ignored(reason)], _connection.PeerSends(message));
        Assert.Equal([message.Length], _connection.Consumed);
        Assert.Equal([new Wrote("CA")], _connection.PeerSends(Peer.Heartbeat()));
    }

    [Fact]
    public void Closing_an_unknown_link_does_nothing()
    {
        Assert.Empty(_connection.PeerSends(Peer.Disconnect(16384)));
        Assert.Equal([FrameHeader.Length], _connection.Consumed);
    }

    [Fact]
    public void Nothing_is_waited_for() => Assert.False(_connection.NeedsTick);
}
