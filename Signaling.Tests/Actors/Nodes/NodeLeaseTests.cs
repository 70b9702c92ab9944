using Akka.Actor;
using Signaling.Actors.Nodes;
using Xunit;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>The lease as those see it who have to look at it.</summary>
public sealed class NodeLeaseTests : ITimeProvider
{
    private readonly NodeLease _lease;
    private long _now = 5_000;

    public NodeLeaseTests() => _lease = new NodeLease(this);

    public DateTimeOffset Now => throw new NotSupportedException("A lease has nothing to do with the time of day.");

    public TimeSpan MonotonicClock => TimeSpan.FromMilliseconds(_now);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    [Fact]
    public void It_is_not_held_before_it_begins_and_not_over_either()
    {
        Assert.False(_lease.IsHeld);
        _now += 100_000;

        _lease.RunUntil(_now);

        Assert.True(_lease.IsHeld);
    }

    [Fact]
    public void It_is_held_to_its_last_millisecond()
    {
        _lease.RunUntil(6_000);

        _now = 6_000;
        Assert.True(_lease.IsHeld);
        _now = 6_001;
        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public void A_renewal_that_comes_too_late_does_not_bring_it_back()
    {
        _lease.RunUntil(6_000);
        _now = 6_001;

        _lease.RunUntil(14_000);

        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public void It_may_run_shorter_than_was_thought()
    {
        _lease.RunUntil(long.MaxValue);
        _lease.RunUntil(6_000);

        _now = 6_001;

        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public async Task Its_end_is_told_and_final()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _lease.Ended.Register(ended.SetResult);
        _lease.RunUntil(long.MaxValue);

        _lease.End();
        _lease.End();
        _lease.RunUntil(long.MaxValue);

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public void Many_may_look_while_it_is_renewed()
    {
        _lease.RunUntil(_now);
        var isEver = true;

        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 50_000; i++)
            {
                if (thread == 0)
                {
                    _lease.RunUntil(Volatile.Read(ref _now) + 1);
                    Interlocked.Increment(ref _now);
                }
                else if (!_lease.IsHeld)
                {
                    Volatile.Write(ref isEver, false);
                }
            }
        });

        Assert.True(isEver);
    }
}
