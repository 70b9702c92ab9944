using Microsoft.Extensions.Time.Testing;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Sockets;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

public sealed class ReadPausesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly FakeTimeProvider _time = new();
    private readonly ReadPauses _pauses;

    public ReadPausesTests() => _pauses = new ReadPauses(_time, TimeSpan.FromSeconds(25));

    [Fact]
    public async Task A_request_and_a_stall_in_a_row_are_no_harm()
    {
        await PauseAsync(ReadPauses.LongestRequest);
        await PauseAsync(ReadPauses.LongestStall);
    }

    [Fact]
    public async Task What_adds_up_to_the_most_ends_the_wait()
    {
        await PauseAsync(TimeSpan.FromSeconds(10));
        await PauseAsync(TimeSpan.FromSeconds(10));
        var room = new TaskCompletionSource<bool>();
        var pause = _pauses.WaitAsync(room.Task);

        _time.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<TimeoutException>(() => pause.WaitAsync(Patience));
        await Assert.ThrowsAsync<TimeoutException>(() => _pauses.WaitAsync(room.Task).WaitAsync(Patience));
    }

    [Fact]
    public async Task A_socket_that_was_found_empty_has_all_its_time_again()
    {
        for (var i = 0; i < 10; i++)
        {
            await PauseAsync(TimeSpan.FromSeconds(24));
            _pauses.NothingWaits();
        }
    }

    [Fact]
    public async Task Short_pauses_do_not_add_up()
    {
        for (var i = 0; i < 1_000; i++)
            await PauseAsync(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void Pauses_end_before_a_pong_is_missed_and_not_before_a_request_and_a_stall_have_had_their_time()
    {
        foreach (var pong in (TimeSpan[])[TimeSpan.FromSeconds(25), new SocketOptions().PongTimeout])
        {
            var longest = ReadPauses.Longest(new SocketOptions { PongTimeout = pong });
            Assert.InRange(longest, ReadPauses.LongestRequest + ReadPauses.LongestStall, pong - TimeSpan.FromSeconds(4));
        }
    }

    private async Task PauseAsync(TimeSpan length)
    {
        var room = new TaskCompletionSource<bool>();
        var pause = _pauses.WaitAsync(room.Task);
        _time.Advance(length);
        Assert.False(pause.IsCompleted);
        room.SetResult(true);
        Assert.True(await pause.WaitAsync(Patience));
    }
}
