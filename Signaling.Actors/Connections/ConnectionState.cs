using Signaling.Actors.Links;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Actors.Connections;

/// <summary>
/// One peer's connection: it speaks the wire protocol, holds the peer's reservation and links, and handles the peer's
/// messages strictly in order. A request that waits for its address holds up the messages behind it, and so does a frame
/// that its link has no room for; what comes from others waits for neither.
/// Times are ms of one monotonic clock, whose start means nothing.
/// </summary>
public sealed class ConnectionState
{
    /// <summary>How long a reserve or connect may take before it is answered in the negative, in ms.</summary>
    public const long RequestTimeout = 10_000;

    /// <summary>How long it may take while its shard has not answered another in time of late, in ms.</summary>
    public const long ImpatientTimeout = 1_000;

    /// <summary>Time between two repeats of what is unanswered, in ms.</summary>
    public const long RepeatInterval = 500;

    /// <summary>How long an ended link waits for the other end to confirm all that it was sent, in ms.</summary>
    public const long LongestLinger = 15_000;

    /// <summary>While a link keeps the peer waiting, it is looked at so often, in ms.</summary>
    internal const long StallCheckInterval = 250;

    private readonly ConnectionUid _self;
    private readonly App _app;
    private readonly IConnectionEffects _effects;
    private readonly PeerWriter _writer;
    private readonly ConnectionLinks _links;
    private readonly PeerRequests _requests;
    private Offers? _offers;
    private Queue<(byte[] Message, bool IsDenied)>? _held;
    private bool _closing;
    private bool _closed;
    private bool _stopped;

    /// <summary>Makes one.</summary>
    /// <param name="self">The connection's name.</param>
    /// <param name="app">The app that the peer has asked for.</param>
    /// <param name="rights">What the peer may do there.</param>
    /// <param name="effects">What comes of each input.</param>
    public ConnectionState(ConnectionUid self, App app, PeerRights rights, IConnectionEffects effects)
    {
        (_self, _app, _effects) = (self, app, effects);
        var room = new Budget();
        _writer = new PeerWriter(effects, room);
        _links = new ConnectionLinks(self, Math.Min(app.MostLinks, rights.MostLinks), _writer, room, app.Traffic, effects);
        _requests = new PeerRequests(self, app, rights, _writer, _links, effects);
    }

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due => _stopped ? long.MaxValue : Math.Min(_requests.Due, Math.Min(_links.Due, _offers?.Due ?? long.MaxValue));

    /// <summary>The links that are not over, as those at the other ends are to be told of them if this connection fails.</summary>
    public IReadOnlyList<BrokenLink> Links => _links.Broken();

    /// <summary>Takes a message of the peer.</summary>
    /// <param name="message">A whole binary message.</param>
    /// <param name="now">The time in ms.</param>
    public void Receive(byte[] message, long now) => Receive(message, isDenied: false, now);

    /// <summary>Takes a message of the peer that asks for something that it may not have.</summary>
    /// <param name="message">A whole binary message.</param>
    /// <param name="now">The time in ms.</param>
    public void Deny(byte[] message, long now) => Receive(message, isDenied: true, now);

    /// <summary>
    /// The peer's socket is closed: what it said before still counts and is answered, then the connection ends. The peer
    /// is not told what its leaving does.
    /// </summary>
    public void PeerClosed(long now)
    {
        _closing = true;
        _requests.Close();
        _effects.Happened(new PeerStep(StepKind.Left, StepReason.PeerLeft, _self));
        Proceed(now);
    }

    /// <summary>The peer's socket has written some of what it was handed.</summary>
    /// <param name="total">How many messages it has written since it was opened.</param>
    /// <param name="now">The time in ms.</param>
    public void Written(long total, long now) => _links.Written(total, now);

    /// <summary>How the peer is.</summary>
    public PeerReport Report() => new(_self, _app.Path, _requests.Held?.Key, _links.Report());

    /// <summary>Who runs the service closes an address: the peer gives it back, and its links there are over.</summary>
    public void CloseAddress(string key, long now)
    {
        if (string.Equals(_requests.Held?.Key, key, StringComparison.Ordinal))
            _requests.Release(StepReason.Closed);
        _links.CloseAllAt(key, now);
        Proceed(now);
    }

    /// <summary>Takes a letter of another connection, of an address, or a grant that the node has let pass.</summary>
    public void Receive(ILetter letter, long now)
    {
        switch (letter)
        {
            case Offer offer:
                (_offers ??= new(_self, _links, _effects)).Keep(offer);
                break;
            case Accepted accepted:
                Take(accepted);
                break;
            case ILinkLetter link:
                Take(link, now);
                break;
            case Granted granted:
                _requests.Take(granted, now);
                break;
            case Denied denied:
                _requests.Take(denied);
                break;
            case Revoked revoked:
                _requests.Take(revoked);
                break;
        }

        Proceed(now);
    }

    /// <summary>Time has passed: says again what is unanswered, and gives up what took too long.</summary>
    public void Tick(long now)
    {
        _requests.Tick(now);
        _links.Tick(now);
        _offers?.Tick(now);
        Proceed(now);
    }

    /// <summary>A node has left the cluster.</summary>
    public void NodeRemoved(int node, long now)
    {
        _links.NodeRemoved(node, now);
        _offers?.NodeRemoved(node);
        _requests.NodeRemoved(node);
        Proceed(now);
    }

    private void Receive(byte[] message, bool isDenied, long now)
    {
        if (_held is { Count: > 0 } || !TryTake(message, isDenied, now))
            (_held ??= []).Enqueue((message, isDenied));
        Proceed(now);
    }

    private void Proceed(long now)
    {
        if (_stopped)
            return;

        OpenLinks(now);
        while (_held is { Count: > 0 } && _held.Peek() is var (message, isDenied) && TryTake(message, isDenied, now))
            _held.Dequeue();

        if (_closing && !_closed && !_requests.IsWaiting && (_held is null or { Count: 0 }))
        {
            _closed = true;
            _links.EndAll(now);
            _effects.CloseSocket();
        }

        if (_closed && _links.IsEmpty)
        {
            _stopped = true;
            _effects.Stop();
        }
    }

    private void OpenLinks(long now)
    {
        _requests.OpenInOrder();
        if (!_requests.IsJoining)
            _offers?.Answer(_requests.Held, _requests.Awaited, _requests.ChosenId, now);
    }

    /// <returns>False where it has to wait.</returns>
    private bool TryTake(byte[] message, bool isDenied, long now)
    {
        if (_stopped || _requests.IsWaiting)
            return false;
        if (isDenied && FrameHeader.TryRead(message, out var header))
            _requests.Deny(header, message);
        else if (!TryHandle(message, now))
            return false;

        _effects.Consumed(message.Length);
        return true;
    }

    private bool TryHandle(byte[] message, long now)
    {
        if (message is [(byte)EventType.MetaVersion, ..])
            _writer.Write(Frame.Version());
        else if (message is [(byte)EventType.MetaHeartbeat, ..])
            _writer.Write(Frame.Heartbeat());
        else if (FrameHeader.TryRead(message, out var header))
            return TryHandle(header, message, now);
        else
            _effects.Ignored(IgnoredMessage.Malformed);
        return true;
    }

    private bool TryHandle(FrameHeader header, byte[] message, long now)
    {
        switch (header.Type)
        {
            case EventType.UnreliableMessageReceived or EventType.ReliableMessageReceived:
                return _links.TryRelay(header, message, now);
            case EventType.NewConnection:
                _requests.Connect(header, message, now);
                break;
            case EventType.Disconnected:
                _links.Close(header.Id, now);
                break;
            case EventType.ServerInitialized when header.DataType == EventDataType.String:
                _requests.Reserve(Frame.ReadString(message, header), now);
                break;
            case EventType.ServerInitialized:
                _effects.Ignored(IgnoredMessage.NoAddress);
                break;
            case EventType.ServerClosed:
                _requests.Release(StepReason.Asked);
                break;
            default:
                _effects.Ignored(IgnoredMessage.Type);
                break;
        }

        return true;
    }

    private void Take(Accepted accepted)
    {
        var isWelcome = _links.TryGet(accepted.Link, out var link)
            ? link.Other == accepted.Acceptor
            : _requests.OpeningOf(accepted.Link) is { } opening && opening.TryAccept(accepted);
        _effects.Tell(
            accepted.Acceptor,
            isWelcome ? new Confirmed(accepted.Link) : new LinkGone(accepted.Link, _self, accepted.Acceptor));
    }

    private void Take(ILinkLetter letter, long now)
    {
        if (_links.TryGet(letter.Link, out var link))
        {
            if (letter is RelayStopped)
                _links.GoStraight(link, now);
            else if (letter is ILinkPart part)
                _links.Take(link, part, now);
            if (letter is not RelayStopped)
                _offers?.Confirm(link);
        }
        else if (_requests.OpeningOf(letter.Link) is { } opening)
        {
            if (opening.Take(letter) && letter is ILinkPart early)
                _links.TellToWait(early);
        }
        else if (letter is LinkFrame or LinkEnd && letter is ILinkPart late)
        {
            _effects.Tell(late.From, new LinkGone(late.Link, _self, late.From));
        }
    }
}
