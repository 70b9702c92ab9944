using Signaling.Actors.Links;
using Xunit;

namespace Signaling.Tests.Actors.Links;

public sealed class StallClockTests
{
    private readonly StallClock _clock = new();

    [Fact]
    public void A_wait_counts_while_it_lasts_and_after_it()
    {
        _clock.Wait(1_000);
        Assert.Equal(2_000, _clock.Total(3_000));

        _clock.Resume(4_000);
        Assert.Equal(3_000, _clock.Total(4_000));
        Assert.Equal(3_000, _clock.Total(9_000));
    }

    [Fact]
    public void A_wait_begins_once()
    {
        _clock.Wait(1_000);
        _clock.Wait(2_000);

        Assert.Equal(2_000, _clock.Total(3_000));
    }

    [Fact]
    public void Waits_add_up()
    {
        for (var start = 0; start < 10_000; start += 1_000)
        {
            _clock.Wait(start);
            _clock.Resume(start + 600);
        }

        Assert.Equal(6_000, _clock.Total(10_000));
    }

    [Fact]
    public void Short_waits_are_no_stall()
    {
        for (var start = 0; start < 10_000; start += 500)
        {
            _clock.Wait(start);
            Assert.Equal(0, _clock.Total(start + StallClock.Grace));
            _clock.Resume(start + StallClock.Grace);
        }

        Assert.Equal(0, _clock.Total(10_000));
    }

    [Fact]
    public void Only_the_last_minute_counts()
    {
        _clock.Wait(0);
        _clock.Resume(4_000);
        _clock.Wait(30_000);
        _clock.Resume(31_000);

        Assert.Equal(5_000, _clock.Total(StallClock.Span));
        Assert.Equal(3_500, _clock.Total(StallClock.Span + 1_500));
        Assert.Equal(1_000, _clock.Total(StallClock.Span + 4_000));
        Assert.Equal(0, _clock.Total(StallClock.Span + 31_000));
    }

    [Fact]
    public void A_wait_in_which_the_receiver_takes_something_all_the_time_is_no_stall()
    {
        _clock.Wait(0);
        for (var now = 200; now <= 20_000; now += 200)
            _clock.Wrote(StallClock.Progress, now);

        Assert.Equal(0, _clock.Total(20_000));
    }

    [Fact]
    public void A_receiver_that_takes_next_to_nothing_does_not_end_the_stall()
    {
        _clock.Wait(0);
        for (var now = 100; now <= 3_000; now += 100)
            _clock.Wrote(100, now);

        Assert.Equal(3_000, _clock.Total(3_000));
    }

    [Fact]
    public void A_trickle_counts_though_it_adds_up_to_something()
    {
        _clock.Wait(0);
        for (var now = 1_000; now <= 10_000; now += 1_000)
            _clock.Wrote(StallClock.Progress / 2, now);

        Assert.Equal(10_000, _clock.Total(10_000));
    }

    [Fact]
    public void What_is_written_while_nobody_waits_does_not_count_for_the_next_wait()
    {
        _clock.Wrote(StallClock.Progress, 500);
        _clock.Wait(1_000);
        _clock.Wrote(1, 1_500);

        Assert.Equal(1_000, _clock.Total(2_000));
    }

    [Fact]
    public void Without_a_wait_nothing_counts()
    {
        _clock.Resume(5_000);

        Assert.Equal(0, _clock.Total(10_000));
    }
}
