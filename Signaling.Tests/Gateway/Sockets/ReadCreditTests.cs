using CsCheck;
using Signaling.Gateway.Sockets;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

public sealed class ReadCreditTests
{
    private const int Limit = 64 * 1024;
    private const int PerMessage = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ReadCredit _credit = new();

    [Fact]
    public void A_message_that_leaves_room_holds_nothing_up() =>
        Assert.True(_credit.TakeAsync(Limit - PerMessage - 1).IsCompletedSuccessfully);

    [Fact]
    public async Task What_fills_the_credit_holds_up_the_next_until_enough_is_dealt_with()
    {
        await _credit.TakeAsync(1000);
        var room = _credit.TakeAsync(Limit);

        Assert.False(room.IsCompleted);
        _credit.Return(1000);
        Assert.False(room.IsCompleted);
        _credit.Return(Limit);
        Assert.True(await room.WaitAsync(Patience));
    }

    [Fact]
    public void Many_empty_messages_are_not_free()
    {
        for (var i = 1; i < Limit / PerMessage; i++)
            Assert.True(_credit.TakeAsync(0).IsCompleted);

        Assert.False(_credit.TakeAsync(0).IsCompleted);
    }

    [Fact]
    public async Task A_message_larger_than_all_credit_is_handed_over_alone()
    {
        var room = _credit.TakeAsync(int.MaxValue);

        Assert.False(room.IsCompleted);
        _credit.Return(int.MaxValue);
        await room.WaitAsync(Patience);
    }

    [Fact]
    public async Task Release_ends_the_waiting_at_once_and_nothing_more_is_to_be_handed_over()
    {
        var room = _credit.TakeAsync(Limit);

        _credit.Release();

        Assert.False(await room.WaitAsync(Patience));
    }

    [Fact]
    public async Task After_the_release_what_has_room_may_still_be_handed_over_and_nothing_waits()
    {
        _credit.Release();

        Assert.True(await _credit.TakeAsync(100).WaitAsync(Patience));
        for (var i = 0; i < 10; i++)
            Assert.False(await _credit.TakeAsync(int.MaxValue).WaitAsync(Patience));
    }

    /// <summary>Each step takes a message, or returns the oldest that is out.</summary>
    [Fact]
    public void There_is_room_exactly_while_less_than_the_limit_is_out() =>
        Gen.Select(Gen.Bool, Gen.Int[0, Limit * 2]).Array[1, 60].Sample(steps =>
        {
            var credit = new ReadCredit();
            var messages = new Queue<int>();
            var room = Task.FromResult(true);
            foreach (var (take, size) in steps)
            {
                if (take && room.IsCompleted)
                {
                    messages.Enqueue(size);
                    room = credit.TakeAsync(size);
                }
                else if (messages.TryDequeue(out var oldest))
                {
                    credit.Return(oldest);
                }

                Assert.Equal(messages.Sum(message => message + PerMessage) < Limit, room.IsCompleted);
            }
        });
}
