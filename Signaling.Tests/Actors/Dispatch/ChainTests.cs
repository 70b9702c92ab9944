using Akka.Dispatch;
using Signaling.Actors.Dispatch;
using Xunit;

namespace Signaling.Tests.Actors.Dispatch;

public sealed class ChainTests
{
    private const int Longest = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void What_follows_runs_in_order_on_the_thread_that_began_and_is_done_when_it_goes_on()
    {
        var ran = new List<(string Name, int Thread)>();
        Chain.Begin(
            _ =>
            {
                Chain.Run(new Step(() =>
                {
                    ran.Add(("first", Environment.CurrentManagedThreadId));
                    Chain.Run(new Step(() => ran.Add(("third", Environment.CurrentManagedThreadId))));
                }));
                Chain.Run(new Step(() => ran.Add(("second", Environment.CurrentManagedThreadId))));
                Assert.Empty(ran);
            },
            state: 0);

        var here = Environment.CurrentManagedThreadId;
        Assert.Equal([("first", here), ("second", here), ("third", here)], ran);
    }

    [Fact]
    public void A_chain_that_begins_within_another_is_part_of_it()
    {
        var isRunning = false;
        var inner = 0;
        Chain.Begin(
            _ => Chain.Run(new Step(() =>
            {
                isRunning = true;
                Chain.Begin(_ => Chain.Run(new Step(() =>
                {
                    Assert.False(isRunning);
                    inner++;
                })), state: 0);
                Assert.Equal(0, inner);
                isRunning = false;
            })),
            state: 0);

        Assert.Equal(1, inner);
    }

    [Fact]
    public void What_would_make_it_too_long_goes_to_the_pool_and_nothing_runs_within_another()
    {
        var elsewhere = 0;
        using var all = new CountdownEvent(Longest + 5);
        var depth = new ThreadLocal<int>();
        var here = Environment.CurrentManagedThreadId;
        void Follow(int left)
        {
            Assert.Equal(0, depth.Value++);
            if (Environment.CurrentManagedThreadId != here)
                Interlocked.Increment(ref elsewhere);
            if (left > 0)
                Chain.Begin(_ => Chain.Run(new Step(() => Follow(left - 1))), state: 0);
            depth.Value--;
            all.Signal();
        }

        Chain.Begin(_ => Chain.Run(new Step(() => Follow(Longest + 4))), state: 0);

        Assert.True(all.Wait(Patience));
        Assert.Equal(5, elsewhere);
    }

    [Fact]
    public void What_is_left_when_something_fails_runs_all_the_same()
    {
        using var ran = new ManualResetEventSlim();

        Assert.Throws<InvalidOperationException>(() => Chain.Begin(
            _ =>
            {
                Chain.Run(new Step(() => throw new InvalidOperationException()));
                Chain.Run(new Step(ran.Set));
            },
            state: 0));

        Assert.True(ran.Wait(Patience));
    }

    [Fact]
    public void What_is_to_run_last_runs_when_all_else_has_and_what_it_causes_too()
    {
        var ran = new List<string>();
        Chain.Begin(
            _ =>
            {
                Chain.RunLast(new Step(() =>
                {
                    ran.Add("last");
                    Chain.Run(new Step(() => ran.Add("caused")));
                }));
                Chain.Run(new Step(() => Chain.Run(new Step(() => ran.Add("step")))));
            },
            state: 0);

        Assert.Equal(["step", "last", "caused"], ran);
    }

    [Fact]
    public void What_is_to_run_last_runs_at_once_where_no_chain_does()
    {
        var ran = false;

        Chain.RunLast(new Step(() => ran = true));

        Assert.True(ran);
    }

    [Fact]
    public async Task Outside_of_a_chain_it_runs_on_a_thread_of_the_pool()
    {
        var ran = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        Chain.Run(new Step(() => ran.SetResult(Thread.CurrentThread.IsThreadPoolThread)));

        Assert.True(await ran.Task.WaitAsync(Patience));
    }

    [Fact]
    public void A_chain_in_place_of_several_is_wide_and_as_long_as_they()
    {
        var (isWide, isWithin) = (false, false);
        var ran = new List<int>();
        Chain.Begin(
            _ =>
            {
                isWide = Chain.IsWide;
                Chain.Begin(_ => isWithin = Chain.IsWide, state: 0);
                for (var i = 0; i < 2 * Longest; i++)
                    Chain.Run(new Step(() => ran.Add(Environment.CurrentManagedThreadId)));
            },
            state: 0,
            chains: 2);

        Assert.True(isWide && isWithin);
        Assert.False(Chain.IsWide);
        Assert.Equal(2 * Longest, ran.Count);
        Assert.All(ran, thread => Assert.Equal(Environment.CurrentManagedThreadId, thread));
    }

    private sealed class Step(Action action) : IRunnable
    {
        public void Run() => action();

        public void Execute() => action();
    }
}
