using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Gateway.Transport;

/// <summary>A connection that has been accepted: its socket, and what Kestrel wants of one.</summary>
internal sealed partial class SocketConnection : ConnectionContext, IDuplexPipe
{
    private static long _lastId = (long)Environment.ProcessId << 32;

    private readonly EventLoop _loop;
    private readonly SocketInput _input;
    private readonly SocketOutput _output;
    private readonly Lock _gate = new();
    private string? _id;
    private CancellationTokenSource? _closed;
    private ConnectionAbortedException? _abortReason;
    private volatile bool _isAborted;
    private volatile bool _hasEnded;
    private bool _isClosed;

    /// <param name="socket">Its socket.</param>
    /// <param name="loop">Where its events are heard.</param>
    public SocketConnection(Socket socket, EventLoop loop)
    {
        Socket = socket;
        _loop = loop;
        _input = new SocketInput(this);
        _output = new SocketOutput(this);
        Transport = this;
        socket.Blocking = false;
        socket.NoDelay = true; // what is gathered is gathered here
        RemoteEndPoint = socket.RemoteEndPoint; // an error where it has gone already
        loop.Add(this);
    }

    /// <inheritdoc/>
    public Socket Socket { get; }

    /// <summary>What its loop knows it by.</summary>
    public long Key { get; set; }

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    /// <summary>Whether it was aborted: nothing more is read or sent.</summary>
    public bool IsAborted => _isAborted;

    /// <summary>Whether the other end says nothing more that is not there yet.</summary>
    public bool HasEnded => _hasEnded;

    public override IDuplexPipe Transport { get; set; }

    public override string ConnectionId
    {
        get => _id ??= Interlocked.Increment(ref _lastId).ToString("X", provider: null);
        set => _id = value;
    }

    public override EndPoint? RemoteEndPoint { get; set; }

    public override EndPoint? LocalEndPoint
    {
        get => _isAborted ? null : Socket.LocalEndPoint;
        set => throw new NotSupportedException();
    }

    public override CancellationToken ConnectionClosed
    {
        get
        {
            lock (_gate)
                return _isClosed ? new CancellationToken(canceled: true) : (_closed ??= new CancellationTokenSource()).Token;
        }
        set => throw new NotSupportedException();
    }

    /// <summary>What who reads an aborted connection is told.</summary>
    public ConnectionAbortedException Aborted() => new(_abortReason?.Message ?? "The connection is aborted.");

    /// <summary>Receives what is there.</summary>
    public int Receive(Span<byte> room, out SocketError error)
    {
        try
        {
            return Socket.Receive(room, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.OperationAborted;
            return 0;
        }
    }

    /// <summary>Sends what there is room for.</summary>
    public int Send(ReadOnlySpan<byte> bytes, out SocketError error)
    {
        try
        {
            return Socket.Send(bytes, SocketFlags.None, out error);
        }
        catch (ObjectDisposedException)
        {
            error = SocketError.OperationAborted;
            return 0;
        }
    }

    /// <summary>Asks to be told of room to write.</summary>
    public void AskForRoom()
    {
        try
        {
            _loop.AskForRoom(this);
        }
        catch (ObjectDisposedException)
        {
            // The next attempt to send says so.
        }
    }

    /// <summary>Something has happened to the socket.</summary>
    public void Happened(Kernel.Events events)
    {
        var hasEnded = (events & Kernel.Events.Ended) != Kernel.Events.None;
        if (hasEnded)
            _hasEnded = true;
        _input.Happened();
        if ((events & (Kernel.Events.Out | Kernel.Events.Error | Kernel.Events.HangUp)) != Kernel.Events.None)
            _output.Happened();
        if (hasEnded)
            TellClosed();
    }

    /// <summary>Tells the other end that nothing more comes. What it says is still read.</summary>
    public void EndOutput()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is broken already.
        }
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        lock (_gate)
        {
            if (_isAborted)
                return;

            _abortReason = abortReason;
            _isAborted = true;
        }

        _loop.Remove(this);
        Socket.Close(timeout: 0); // the other end hears of it as of a reset
        EndWaits();
    }

    public override ValueTask DisposeAsync()
    {
        _input.Complete();
        _output.Complete();
        _loop.Remove(this);
        Socket.Dispose();
        _isAborted = true;
        EndWaits();
        return base.DisposeAsync();
    }

    private void EndWaits()
    {
        _input.Abort();
        _output.Abort();
        TellClosed();
    }

    private void TellClosed()
    {
        CancellationTokenSource? closed;
        lock (_gate)
        {
            closed = _isClosed ? null : _closed;
            _isClosed = true;
        }

        if (closed is not null)
            ThreadPool.UnsafeQueueUserWorkItem(static closed => closed.Cancel(), closed, preferLocal: false);
    }
}
