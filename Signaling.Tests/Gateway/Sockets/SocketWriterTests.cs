using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Signaling.Actors.Dispatch;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Sockets;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

/// <summary>What a writer says about what it has written, and when it must not write any more.</summary>
public sealed class SocketWriterTests : SocketWriter.IOwner
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HeldConnection _socket = new();
    private readonly TestLease _lease = new();
    private readonly SocketOptions _options = new() { SendQueueBytes = 64 * 1024 };
    private readonly ConcurrentQueue<(int Thread, long Written)> _told = [];
    private readonly SemaphoreSlim _tell = new(0);
    private readonly SocketWriter _writer;
    private int _endings;

    public SocketWriterTests() => _writer = new SocketWriter(_socket, _options, _lease, log: null, this);

    void SocketWriter.IOwner.HasWritten()
    {
        _told.Enqueue((Environment.CurrentManagedThreadId, _writer.Written));
        _tell.Release();
    }

    void SocketWriter.IOwner.Ends() => _endings++;

    [Fact]
    public void What_is_written_within_Send_is_counted_when_it_returns_and_told_to_nobody()
    {
        for (var i = 1; i <= 3; i++)
        {
            _writer.Send(new byte[i]);
            Assert.Equal(i, _writer.Written);
        }

        Assert.Empty(_told);
    }

    [Fact]
    public void What_comes_within_one_chain_is_written_at_once_when_the_chain_ends()
    {
        Chain.Begin(
            writer =>
            {
                for (var i = 1; i <= 3; i++)
                    writer.Send(new byte[i]);
                Assert.Equal(0, _socket.Writes);
            },
            _writer);

        Assert.Equal(1, _socket.Writes);
        Assert.Equal([1, 2, 3], _socket.Sent.Select(frame => frame.Length));
        Assert.Equal(3, _writer.Written);
    }

    [Fact]
    public async Task What_is_not_is_told_once_it_is()
    {
        _socket.Holds = true;
        _writer.Send(new byte[1]);
        Assert.Equal(0, _writer.Written);

        _socket.Finish();

        await ToldAsync();
        Assert.Equal(1, _writer.Written);
    }

    [Fact]
    public async Task What_has_queued_up_and_is_then_written_in_one_go_is_told_once()
    {
        _socket.Holds = true;
        for (var i = 1; i <= 10; i++)
            _writer.Send(new byte[i]);
        _socket.Holds = false;

        _socket.Finish();

        await ToldAsync();
        Assert.Equal(10, Assert.Single(_told).Written);
    }

    [Fact]
    public async Task Before_the_next_wait_it_is_told_what_came_before()
    {
        _socket.Holds = true;
        _writer.Send(new byte[1]);
        _writer.Send(new byte[2]);

        _socket.Finish();
        await ToldAsync();
        Assert.Equal(1, _told.Last().Written);

        _socket.Finish();
        await ToldAsync();
        Assert.Equal(2, _told.Last().Written);
    }

    [Fact]
    public async Task The_word_comes_on_no_thread_that_is_still_in_Send()
    {
        var inSend = new ConcurrentDictionary<int, bool>();
        _socket.Holds = true;
        for (var i = 0; i < 100; i++)
        {
            inSend[Environment.CurrentManagedThreadId] = true;
            _writer.Send(new byte[1]);
            Assert.DoesNotContain(_told, told => inSend.GetValueOrDefault(told.Thread));
            inSend.Clear();
            _socket.Finish();
            await ToldAsync();
            _told.Clear();
        }
    }

    [Fact]
    public async Task When_the_socket_breaks_all_is_done_with_and_told()
    {
        _socket.Holds = true;
        for (var i = 1; i <= 5; i++)
            _writer.Send(new byte[i]);

        _socket.Abort(new ConnectionAbortedException());

        await ToldAsync();
        Assert.Equal(5, _writer.Written);
        Assert.True(_endings > 0);
        _writer.Send(new byte[6]);
        Assert.Equal(6, _writer.Written);
    }

    [Fact]
    public void A_socket_that_is_broken_when_it_is_written_to_has_dropped_the_frame_soon()
    {
        _socket.Abort(new ConnectionAbortedException());

        _writer.Send(new byte[1]);

        Assert.True(SpinWait.SpinUntil(() => _writer.Written == 1, Patience));
    }

    [Fact]
    public async Task Too_much_that_waits_drops_the_socket_and_counts_as_done_with()
    {
        _socket.Holds = true;
        _writer.Send(new byte[1]);
        _writer.Send(new byte[60 * 1024]);
        _writer.Send(new byte[60 * 1024]);

        await ToldAsync();
        Assert.Equal(3, _writer.Written);
        Assert.True(_socket.IsAborted);
    }

    [Fact]
    public async Task Past_the_lease_no_frame_is_written_but_the_farewell()
    {
        _socket.Holds = true;
        for (var i = 1; i <= 5; i++)
            _writer.Send(new byte[i]);
        _lease.End();
        _socket.Holds = false;

        _socket.Finish(); // that of the first, which was on its way already

        Assert.Equal("Server stops", await _socket.Closed.WaitAsync(Patience));
        Assert.Equal([1], _socket.Sent.Select(frame => frame.Length));
        Assert.Equal(5, _writer.Written);
        Assert.True(_endings > 0);
    }

    [Fact]
    public async Task Past_the_lease_a_new_frame_is_dropped_where_it_is_sent()
    {
        _lease.End();

        _writer.Send(new byte[1]);

        Assert.Equal("Server stops", await _socket.Closed.WaitAsync(Patience));
        Assert.Empty(_socket.Sent);
        Assert.Equal(1, _writer.Written);
    }

    [Fact]
    public async Task A_write_that_takes_too_long_drops_the_socket()
    {
        _options.SendTimeout = TimeSpan.FromMilliseconds(50);
        _socket.Holds = true;

        _writer.Send(new byte[1]);
        _writer.Send(new byte[2]);

        await ToldAsync();
        Assert.True(_socket.IsAborted);
        Assert.Equal(2, _writer.Written);
    }

    private async Task ToldAsync() => Assert.True(await _tell.WaitAsync(Patience), "Nobody was told.");
}
