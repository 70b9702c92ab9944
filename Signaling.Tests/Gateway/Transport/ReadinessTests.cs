using Signaling.Gateway.Transport;
using Xunit;

namespace Signaling.Tests.Gateway.Transport;

public sealed class ReadinessTests
{
    private Readiness _socket = new();

    [Fact]
    public void At_first_there_may_be_something()
    {
        Assert.False(_socket.TryWait());
        Assert.True(_socket.TryTake());
        Assert.False(_socket.TryTake());
    }

    [Fact]
    public void What_comes_while_somebody_waits_is_for_them_to_take()
    {
        _socket.TryTake();
        Assert.True(_socket.TryWait());

        Assert.True(_socket.Signal());
        Assert.False(_socket.Signal());
        Assert.True(_socket.TryTake());
    }

    [Fact]
    public void What_comes_while_nobody_waits_is_kept()
    {
        _socket.TryTake();

        Assert.False(_socket.Signal());
        Assert.False(_socket.TryWait());
        Assert.True(_socket.TryTake());
    }

    [Fact]
    public void Who_has_stopped_waiting_is_not_told()
    {
        _socket.TryTake();
        _socket.TryWait();

        Assert.True(_socket.TryStop());
        Assert.False(_socket.TryStop());
        Assert.False(_socket.Signal());
    }

    [Fact]
    public void What_is_put_back_is_there_for_the_next_one()
    {
        _socket.TryTake();
        _socket.PutBack();

        Assert.True(_socket.TryTake());
    }

    [Fact]
    public async Task Nothing_is_missed_however_the_two_sides_meet()
    {
        const int Count = 200_000;
        var produced = 0;
        var consumed = 0;
        var turn = new SemaphoreSlim(0);
        var reading = Task.Run(async () =>
        {
            while (consumed < Count)
            {
                if (_socket.TryTake())
                    consumed = Volatile.Read(ref produced);
                else if (_socket.TryWait())
                    await turn.WaitAsync();
            }
        });
        var telling = Task.Run(() =>
        {
            for (var i = 0; i < Count; i++)
            {
                Interlocked.Increment(ref produced);
                if (_socket.Signal())
                    turn.Release();
            }
        });

        await Task.WhenAll(reading, telling).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Count, consumed);
    }
}
