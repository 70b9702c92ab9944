using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Limits;
using Xunit;

namespace Signaling.Tests.Gateway.Limits;

/// <summary>Rates of ten messages a second, of which five may come at once, and of 1000 bytes, of which 500 may.</summary>
public sealed class PeerPaceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly PeerLimits _limits;
    private PeerPace _pace;

    public PeerPaceTests()
    {
        var set = new LimitOptions { MessagesPerSecond = 10, MessageBurst = 5, BytesPerSecond = 1_000, ByteBurst = 500 };
        _limits = new PeerLimits(LimitsInForce.Of(strict: false, set), _time);
    }

    [Fact]
    public void A_burst_passes_and_then_what_the_rate_allows()
    {
        Assert.Equal(6, Count()); // the one that is ahead is known when it is there
        Assert.Equal((TimeSpan.FromMilliseconds(100), LimitNames.MessagesPerSecond), Wait());

        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.True(Wait().Time > TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.Zero, Wait().Time);
    }

    [Fact]
    public void In_the_long_run_no_more_passes_than_the_rate()
    {
        var passed = 0;
        for (var i = 0; i < 600; i++)
        {
            passed += Wait().Time > TimeSpan.Zero ? 0 : Count();
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(passed, 600 - 5, 600 + 6);
    }

    [Fact]
    public void However_long_a_peer_says_nothing_it_has_no_more_than_a_burst()
    {
        Count();
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(6, Count());
    }

    [Fact]
    public void Bytes_count_too_and_a_large_message_takes_its_time_afterwards()
    {
        _pace.Begin(_time.GetTimestamp());
        _pace.CountBytes(_limits, 500);
        Assert.Equal(TimeSpan.Zero, Wait().Time);
        _pace.CountBytes(_limits, 2_000);

        Assert.Equal((TimeSpan.FromSeconds(2), LimitNames.BytesPerSecond), Wait());
    }

    [Fact]
    public void A_rate_that_is_not_limited_asks_for_no_wait()
    {
        var limits = new PeerLimits(LimitsInForce.Of(strict: false, new LimitOptions { BytesPerSecond = 1_000 }), _time);
        _pace.Begin(_time.GetTimestamp());

        for (var i = 0; i < 1_000; i++)
            Assert.True(_pace.CountMessage(limits, _time.GetTimestamp()));

        Assert.True(_pace.Wait(limits, _time.GetTimestamp(), out _) <= 0);
    }

    private int Count()
    {
        var now = _time.GetTimestamp();
        _pace.Begin(now);
        var count = 1;
        while (_pace.CountMessage(_limits, now))
            count++;
        return count;
    }

    private (TimeSpan Time, string Limit) Wait() =>
        _pace.Wait(_limits, _time.GetTimestamp(), out var limit) is > 0 and var wait ? (_time.GetElapsedTime(0, wait), limit) : (TimeSpan.Zero, limit);
}
