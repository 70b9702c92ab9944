using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Signaling.Gateway.Transport;
using Xunit;

namespace Signaling.Tests.Gateway.Transport;

public sealed class SocketConnectionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private IConnectionListener _listener = null!;
    private ConnectionContext _connection = null!;

    public async Task InitializeAsync()
    {
        _listener = await new EpollTransport(Bound).BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        await _peer.ConnectAsync(_listener.EndPoint);
        _connection = (await _listener.AcceptAsync())!;
    }

    public async Task DisposeAsync()
    {
        _peer.Dispose();
        await _connection.DisposeAsync();
        await _listener.DisposeAsync();
    }

    [Fact]
    public async Task What_the_peer_says_is_read_and_what_is_flushed_is_sent()
    {
        var reading = _connection.Transport.Input.ReadAsync().AsTask();
        await _peer.SendAsync(new byte[] { 1, 2, 3 });
        var read = await reading.WaitAsync(Patience);
        Assert.Equal([1, 2, 3], read.Buffer.ToArray());
        _connection.Transport.Input.AdvanceTo(read.Buffer.End);

        await _connection.Transport.Output.WriteAsync(new byte[] { 4, 5 });
        var got = new byte[2];
        Assert.Equal(2, await _peer.ReceiveAsync(got).WaitAsync(Patience));
        Assert.Equal([4, 5], got);
    }

    [Fact]
    public async Task What_was_not_consumed_comes_again_with_what_follows_it()
    {
        await _peer.SendAsync(new byte[] { 1, 2, 3 });
        var read = await ReadAsync(3);
        _connection.Transport.Input.AdvanceTo(read.GetPosition(1), read.End);

        var reading = _connection.Transport.Input.ReadAsync().AsTask();
        Assert.False(reading.IsCompleted);
        await _peer.SendAsync(new byte[] { 4 });

        Assert.Equal([2, 3, 4], (await reading.WaitAsync(Patience)).Buffer.ToArray());
    }

    [Theory]
    [InlineData(100)]
    [InlineData(16 * 1024)]
    [InlineData(1024 * 1024)]
    public async Task However_much_it_is_all_of_it_goes_both_ways(int size)
    {
        var sent = new byte[size];
        Random.Shared.NextBytes(sent);
        var sending = Task.Run(async () =>
        {
            for (var at = 0; at < size;)
                at += await _peer.SendAsync(sent.AsMemory(at));
        });
        Assert.Equal(sent, (await ReadAsync(size)).ToArray());
        await sending;

        var flushing = _connection.Transport.Output.WriteAsync(sent).AsTask(); // more than the kernel takes at once
        var got = new byte[size];
        for (var at = 0; at < size;)
            at += await _peer.ReceiveAsync(got.AsMemory(at)).AsTask().WaitAsync(Patience);
        Assert.Equal(sent, got);
        Assert.False((await flushing.WaitAsync(Patience)).IsCompleted);
    }

    [Fact]
    public async Task An_end_that_comes_with_the_last_bytes_is_not_missed()
    {
        await _peer.SendAsync(new byte[] { 1, 2 });
        _peer.Shutdown(SocketShutdown.Send);

        var last = await ReadAsync(2);
        Assert.Equal([1, 2], last.ToArray());
        _connection.Transport.Input.AdvanceTo(last.End);

        Assert.True((await _connection.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience)).IsCompleted);
    }

    [Fact]
    public async Task An_end_is_told_while_nobody_reads()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _connection.ConnectionClosed.Register(closed.SetResult);

        _peer.Shutdown(SocketShutdown.Send);

        await closed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_reset_ends_reading_with_an_error_and_writing_as_completed()
    {
        var reading = _connection.Transport.Input.ReadAsync().AsTask();

        _peer.Close(timeout: 0);

        await Assert.ThrowsAsync<ConnectionResetException>(() => reading.WaitAsync(Patience));
        Assert.True((await _connection.Transport.Output.WriteAsync(new byte[1])).IsCompleted);
    }

    [Fact]
    public async Task An_abort_is_heard_by_who_waits_and_by_the_peer()
    {
        var reading = _connection.Transport.Input.ReadAsync().AsTask();
        var flushing = _connection.Transport.Output.WriteAsync(new byte[16 * 1024 * 1024]).AsTask();
        Assert.False(flushing.IsCompleted);

        _connection.Abort(new ConnectionAbortedException("Enough."));

        var error = await Assert.ThrowsAsync<ConnectionAbortedException>(() => reading.WaitAsync(Patience));
        Assert.Equal("Enough.", error.Message);
        Assert.True((await flushing.WaitAsync(Patience)).IsCompleted);
        Assert.True(_connection.ConnectionClosed.IsCancellationRequested);
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            while (await _peer.ReceiveAsync(new byte[1024 * 1024]).WaitAsync(Patience) > 0)
            {
                // What was on its way comes first.
            }
        });
    }

    [Fact]
    public async Task A_wait_can_be_cancelled_and_nothing_is_lost_by_it()
    {
        using var cancellation = new CancellationTokenSource();
        var reading = _connection.Transport.Input.ReadAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => reading.WaitAsync(Patience));

        reading = _connection.Transport.Input.ReadAsync().AsTask();
        _connection.Transport.Input.CancelPendingRead();
        var cancelled = await reading.WaitAsync(Patience);
        Assert.True(cancelled.IsCanceled);
        _connection.Transport.Input.AdvanceTo(cancelled.Buffer.End);

        await _peer.SendAsync(new byte[] { 1 });
        Assert.Equal([1], (await ReadAsync(1)).ToArray());
    }

    [Fact]
    public async Task Where_its_output_is_complete_the_peer_hears_of_the_end_and_is_still_heard()
    {
        await _connection.Transport.Output.WriteAsync(new byte[] { 1 });
        await _connection.Transport.Output.CompleteAsync();

        Assert.Equal(1, await _peer.ReceiveAsync(new byte[2]).WaitAsync(Patience));
        Assert.Equal(0, await _peer.ReceiveAsync(new byte[2]).WaitAsync(Patience));
        await _peer.SendAsync(new byte[] { 2 });
        Assert.Equal([2], (await ReadAsync(1)).ToArray());
    }

    [Fact]
    public void It_knows_both_ends_and_has_a_name()
    {
        Assert.Equal(_peer.LocalEndPoint, _connection.RemoteEndPoint);
        Assert.Equal(_peer.RemoteEndPoint, _connection.LocalEndPoint);
        Assert.NotEmpty(_connection.ConnectionId);
    }

    [Fact]
    public async Task Nobody_is_accepted_any_more_where_the_listener_is_closed()
    {
        var accepting = _listener.AcceptAsync().AsTask();
        await _listener.UnbindAsync();

        Assert.Null(await accepting.WaitAsync(Patience));
    }

    private static Socket Bound(EndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endpoint);
        return socket;
    }

    private async Task<ReadOnlySequence<byte>> ReadAsync(int least)
    {
        while (true)
        {
            var read = (await _connection.Transport.Input.ReadAsync().AsTask().WaitAsync(Patience)).Buffer;
            _connection.Transport.Input.AdvanceTo(read.Start, read.Length >= least ? read.Start : read.End);
            if (read.Length >= least)
                return (await _connection.Transport.Input.ReadAsync()).Buffer;
        }
    }
}
