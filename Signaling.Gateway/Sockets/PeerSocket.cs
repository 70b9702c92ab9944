using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Signaling.Actors.Connections;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Messages;
using Signaling.Gateway.Callbacks;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Limits;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Sessions;
using Signaling.Gateway.WebSockets;
using Found = Signaling.Gateway.WebSockets.MessageParser.Found;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// A peer's WebSocket: one loop reads it, and at most one thread at a time writes to it. Whatever happens, the
/// connection hears of the end once and the peer is sent one close frame if it can still be reached.
/// </summary>
internal sealed partial class PeerSocket : IPeerSocket, SocketWriter.IOwner
{
    /// <summary>
    /// How long the close frame of a peer is answered at the latest: it may have left a request behind, which has its time
    /// to be answered, and messages behind that, which have theirs to be taken.
    /// </summary>
    public static readonly TimeSpan LongestLinger = ReadPauses.LongestRequest + ReadPauses.LongestStall + TimeSpan.FromSeconds(1);

    private const int MostReadsInARow = 64;

    private static readonly CloseFrame NotReadInTime = new((WebSocketCloseStatus)1013, "Not read in time");
    private static readonly CloseFrame TooBig = new(WebSocketCloseStatus.MessageTooBig, Reason: null);

    private readonly PipeReader _input;
    private readonly SocketMetrics _metrics;
    private readonly PeerLog? _log;
    private readonly AppWatch? _watch;
    private readonly ReadCredit _credit = new();
    private readonly ReadPauses _pauses;
    private readonly MessageParser _parser;
    private readonly SocketWriter _writer;
    private readonly PeerPulse _pulse;
    private ReadOnlySequence<byte> _bytes;
    private Found _found;
    private Task<bool> _room = Task.FromResult(true);
    private IConnection? _connection;

    /// <param name="connection">The connection, past its handshake.</param>
    /// <param name="options">The service's options.</param>
    /// <param name="lease">The node's right to serve.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">The figures of all sockets.</param>
    /// <param name="log">The verbose log, if there is one.</param>
    /// <param name="limits">What the peer may send, if there is a limit to it.</param>
    /// <param name="watch">Is told of the peer's steps.</param>
    public PeerSocket(
        ConnectionContext connection,
        SignalingOptions options,
        ILease lease,
        TimeProvider time,
        SocketMetrics metrics,
        PeerLog? log,
        PeerLimits? limits = null,
        AppWatch? watch = null)
    {
        _input = connection.Transport.Input;
        _metrics = metrics;
        _log = log;
        _watch = watch;
        _pauses = new ReadPauses(time, ReadPauses.Longest(options.Sockets));
        _parser = new MessageParser(options.MaxPayload);
        _pulse = new PeerPulse(options.Sockets, time);
        _writer = new SocketWriter(connection, options.Sockets, lease, log, this);
        _limits = limits;
        _awaitedSince = limits?.FirstMessageTime is null ? 0 : time.GetTimestamp();
    }

    public long Written => _writer.Written;

    /// <summary>Serves the peer until its socket is closed.</summary>
    /// <param name="connections">Where it is announced.</param>
    /// <param name="app">The app that it has asked for.</param>
    /// <param name="rights">What the peer may do there.</param>
    /// <param name="cut">Cancelled when the TCP connection has ended.</param>
    public async Task RunAsync(IConnections connections, App app, PeerRights rights, CancellationToken cut)
    {
        (_admission, _owner) = (_watch?.Admission, rights.Owner);
        _connection = connections.Open(this, app, rights);
        try
        {
            try
            {
                await ReadAsync();
            }
            finally
            {
                _connection.Closed();
            }

            await _writer.CloseSent.WaitAsync(LongestLinger, cut);
            await DiscardUntilClosedAsync();
        }
        catch (Exception e) when (SocketWriter.IsBroken(e))
        {
            _log?.Broken(e.Message);
        }
        finally
        {
            _writer.Drop();
            _log?.Closed();
        }
    }

    public void Send(ReadOnlyMemory<byte> frame) => _writer.Send(frame);

    public void Consumed(int bytes) => _credit.Return(bytes);

    void SocketWriter.IOwner.HasWritten() => _connection?.Written();

    void SocketWriter.IOwner.Ends() => _credit.Release();

    public void Ignored(IgnoredMessage reason)
    {
        _metrics.Ignored(reason);
        _log?.Ignored(reason);
    }

    public void Refused(Refusal reason)
    {
        _metrics.Refused(reason);
        _log?.Refused(reason);
    }

    public void Close(ushort status, string reason) => Close(new CloseFrame((WebSocketCloseStatus)status, reason));

    /// <summary>Sends what is queued, then a close frame, then drops the socket. Repeats do nothing.</summary>
    public void Close(CloseFrame frame) => _writer.Close(frame);

    /// <summary>Drops the socket without a word.</summary>
    public void Abort() => _writer.Drop();

    /// <summary>
    /// Pings a peer that says nothing, drops one that has not answered, and closes one that has never sent a message. To be called
    /// now and then.
    /// </summary>
    public void LookAfter()
    {
        AskForFirstMessage();
        switch (_pulse.Look())
        {
            case PeerPulse.Sign.Silent:
                _writer.Ping();
                break;
            case PeerPulse.Sign.Dead:
                _log?.Broken("Peer answers no ping");
                _writer.Drop();
                break;
        }
    }

    /// <summary>
    /// Reads until the peer closes, also after this end has: what is still on its way then is handed over as long as the
    /// connection has room for it.
    /// </summary>
    private async Task ReadAsync()
    {
        for (var reads = 1; ; reads++)
        {
            if (reads % MostReadsInARow == 0)
                await Task.Yield(); // this thread has others to serve

            var reading = _input.ReadAsync();
            if (!reading.IsCompleted)
            {
                _pauses.NothingWaits();
                _slowedSince = 0;
            }

            var result = await reading;
            _pace.Begin(_pulse.Heard());
            _bytes = result.Buffer;
            var goesOn = await HandOverAsync();
            _input.AdvanceTo(_bytes.Start, _bytes.End);
            _bytes = default;
            if (!goesOn)
                return;
            if (result.IsCompleted)
                throw new IOException("The peer has gone without a close frame.");
        }
    }

    /// <summary>Hands over what has been read. The messages that have come together travel together.</summary>
    /// <returns>Whether more is to be read.</returns>
    private async ValueTask<bool> HandOverAsync()
    {
        while (true)
        {
            var before = _bytes.Length;
            Chain.Begin(static self => self.HandOver(), this);
            if (IsAhead(before - _bytes.Length) && !await RestAsync())
                return false;

            if (_found is Found.Nothing or Found.Close or Found.TooLarge or Found.Fault)
                return _found == Found.Nothing;

            try
            {
                if (!await (_room.IsCompleted ? _room : _pauses.WaitAsync(_room)))
                    return false;
            }
            catch (TimeoutException)
            {
                // Soon the peer's pongs would be missed, which it has sent all the same.
                _writer.Close(NotReadInTime);
                return false;
            }
        }
    }

    /// <summary>
    /// Goes through what has been read, up to its end, the socket's end, a message behind which there is no room, or one that is the
    /// last that the peer may send for now.
    /// </summary>
    private void HandOver()
    {
        var hasRoom = true;
        do
        {
            _found = _parser.Next(ref _bytes);
            switch (_found)
            {
                case Found.Message:
                    hasRoom = TryHandOver(_parser.Payload);
                    break;
                case Found.Text:
                    _awaitedSince = 0;
                    _metrics.IgnoredText();
                    _log?.IgnoredText();
                    break;
                case Found.Ping:
                    _writer.Pong(_parser.Payload);
                    break;
                case Found.Pong:
                    break;
                case Found.Close:
                    // The connection answers it, by Close, when all that came before is done.
                    _writer.PeerClose = _parser.Close;
                    return;
                case Found.TooLarge:
                    _writer.Close(TooBig);
                    return;
                case Found.Fault:
                    _log?.Broken(_parser.Fault!.What);
                    _writer.Close(new CloseFrame(_parser.Fault!.Status, Reason: null));
                    return;
                default:
                    return;
            }
        }
        while (MayBeFollowed() & hasRoom);
    }

    /// <returns>Whether there is room for the next one.</returns>
    private bool TryHandOver(byte[] message)
    {
        _awaitedSince = 0;
        _log?.Incoming(message);
        if (_admission is not null && AdmissionRequest.Of(message) is { } request)
        {
            _room = AskAsync(request, message);
            return false;
        }

        _room = _credit.TakeAsync(message.Length);
        _connection!.Receive(message);
        return _room is { IsCompleted: true, Result: true };
    }

    /// <summary>
    /// Lets the peer's close frame come, and whatever is on its way before it: a connection that ends with bytes unread is reset,
    /// which would overtake what this end has said.
    /// </summary>
    private async Task DiscardUntilClosedAsync()
    {
        while (_parser.Close is null)
        {
            var result = await _input.ReadAsync();
            var bytes = result.Buffer;
            while (_parser.Fault is null && _parser.Close is null && _parser.Next(ref bytes) != Found.Nothing)
            {
                // It counts for nothing.
            }

            _input.AdvanceTo(_parser.Fault is null ? bytes.Start : bytes.End, bytes.End);
            if (result.IsCompleted)
                return;
        }
    }
}
