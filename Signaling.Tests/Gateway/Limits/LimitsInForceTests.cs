using Signaling.Gateway.Configuration;
using Signaling.Gateway.Limits;
using Xunit;

namespace Signaling.Tests.Gateway.Limits;

public sealed class LimitsInForceTests
{
    [Fact]
    public void Without_a_word_nothing_is_limited()
    {
        var limits = LimitsInForce.Of(strict: false, new LimitOptions());

        Assert.All(
            (int[])[limits.Sockets, limits.SocketsPerAddress, limits.ConnectionsPerAddress, limits.SocketsPerToken, limits.LinksPerPeer, limits.ListenersPerAddress],
            most => Assert.Equal(int.MaxValue, most));
        Assert.All((RateLimit?[])[limits.Handshakes, limits.Connections, limits.Messages, limits.Bytes], Assert.Null);
        Assert.All((TimeSpan?[])[limits.HandshakeTime, limits.FirstMessageTime], time => Assert.Null(time));
    }

    [Fact]
    public void Strict_has_the_defaults_that_are_documented()
    {
        var limits = LimitsInForce.Of(strict: true, new LimitOptions());

        Assert.Equal(
            (15_000, 100, 200, int.MaxValue, 1_000, 1_000),
            (limits.Sockets, limits.SocketsPerAddress, limits.ConnectionsPerAddress, limits.SocketsPerToken, limits.LinksPerPeer, limits.ListenersPerAddress));
        Assert.Equal((new RateLimit(20, 100), new RateLimit(80, 400)), (limits.Handshakes, limits.Connections));
        Assert.Equal((new RateLimit(1_000, 2_000), new RateLimit(4 << 20, 8 << 20)), (limits.Messages, limits.Bytes));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)), (limits.HandshakeTime, limits.FirstMessageTime));
    }

    [Fact]
    public void Strict_leaves_out_what_is_set_to_none()
    {
        var limits = LimitsInForce.Of(strict: true, new LimitOptions
        {
            Sockets = 0,
            SocketsPerAddress = 0,
            HandshakesPerSecond = 0,
            MessagesPerSecond = 0,
            BytesPerSecond = 0,
            LinksPerPeer = 0,
            ListenersPerAddress = 0,
            HandshakeTime = TimeSpan.Zero,
            FirstMessageTime = TimeSpan.Zero,
        });

        Assert.Equal(LimitsInForce.Of(strict: false, new LimitOptions()), limits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_set_counts_in_either_mode(bool strict)
    {
        var limits = LimitsInForce.Of(strict, new LimitOptions
        {
            Sockets = 1,
            SocketsPerAddress = 2,
            SocketsPerToken = 3,
            HandshakesPerSecond = 4,
            MessagesPerSecond = 5,
            MessageBurst = 6,
            BytesPerSecond = int.MaxValue,
            LinksPerPeer = 8,
            ListenersPerAddress = 9,
            HandshakeTime = TimeSpan.FromSeconds(10),
            FirstMessageTime = TimeSpan.FromSeconds(11),
        });

        Assert.Equal(
            (1, 2, 4, 3, 8, 9),
            (limits.Sockets, limits.SocketsPerAddress, limits.ConnectionsPerAddress, limits.SocketsPerToken, limits.LinksPerPeer, limits.ListenersPerAddress));
        Assert.Equal((new RateLimit(4, 20), new RateLimit(5, 6)), (limits.Handshakes, limits.Messages));
        Assert.Equal(new RateLimit(int.MaxValue, int.MaxValue), limits.Bytes);
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11)), (limits.HandshakeTime, limits.FirstMessageTime));
    }
}
