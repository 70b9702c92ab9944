using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Actors.Connections;

/// <summary>
/// One peer's connection: it speaks the wire protocol, holds the peer's reservation and links, and handles the peer's
/// messages strictly in order. A request that waits for its address holds up the messages behind it, and nothing else.
/// </summary>
/// <param name="self">The connection's name.</param>
/// <param name="app">The app that the peer has asked for.</param>
/// <param name="effects">What comes of each input.</param>
public sealed class ConnectionState(ConnectionUid self, App app, IConnectionEffects effects)
{
    /// <summary>How long a reserve or connect may take before it is answered in the negative, in ms.</summary>
    public const long RequestTimeout = 10_000;

    /// <summary>Time between two ticks, in ms, while <see cref="NeedsTick"/>; what is unanswered is said again.</summary>
    public const long TickInterval = 500;

    private readonly ConnectionLinks _links = new(self, effects);
    private readonly Queue<byte[]> _held = new();
    private PendingRequest? _pending;
    private (string Key, ReservationName Name)? _reservation;
    private long _requests;
    private bool _closing;
    private bool _stopped;

    /// <summary>Whether something is waited for, so that time matters.</summary>
    public bool NeedsTick => !_stopped && (_pending is not null || _links.AwaitsConfirmation);

    /// <summary>Takes a message of the peer.</summary>
    /// <param name="message">A whole binary message.</param>
    /// <param name="now">The connection's clock in ms: monotonic, its start of no meaning.</param>
    public void Receive(byte[] message, long now)
    {
        _held.Enqueue(message);
        Proceed(now);
    }

    /// <summary>
    /// The peer's socket is closed: what it said before still counts and is answered, then the connection ends. The peer
    /// is not told what its leaving does.
    /// </summary>
    public void PeerClosed(long now)
    {
        _closing = true;
        ReleaseReservation();
        Proceed(now);
    }

    /// <summary>Takes a letter of another connection or of an address.</summary>
    public void Receive(ILetter letter, long now)
    {
        switch (letter)
        {
            case ILinkLetter link:
                Take(link);
                break;
            case Granted granted:
                Take(granted, now);
                break;
            case Denied denied when _pending is PendingReserve reserve && reserve.Request.Reservation == denied.Reservation:
                Deny(reserve);
                break;
            case HoldQuestion question:
                effects.Tell(question.Asker, new HoldAnswer(question.Held, question.Contender, Holds(question.Held)));
                break;
        }

        Proceed(now);
    }

    /// <summary>Time has passed: says again what is unanswered, and gives up what took too long.</summary>
    public void Tick(long now)
    {
        var late = _pending?.Deadline <= now;
        switch (_pending)
        {
            case PendingReserve reserve when late:
                Deny(reserve);
                break;
            case PendingReserve reserve:
                effects.Request(reserve.Request);
                break;
            case PendingOpenings openings:
                foreach (var opening in openings.Unanswered)
                {
                    if (late)
                        opening.GiveUp();
                    else
                        effects.Request(opening.Request);
                }

                break;
        }

        _links.Repeat();
        Proceed(now);
    }

    /// <summary>A node has left the cluster.</summary>
    public void NodeLost(int node)
    {
        _links.NodeLost(node);
        _pending?.NodeLost(node);
    }

    private void Proceed(long now)
    {
        OpenInOrder(now);
        while (_pending is null && _held.TryDequeue(out var message))
        {
            Handle(message, now);
            effects.Consumed(message.Length);
        }

        if (_closing && _pending is null && !_stopped)
        {
            _stopped = true;
            _links.EndAll();
            effects.Stop();
        }
    }

    private void Handle(byte[] message, long now)
    {
        if (message is [(byte)EventType.MetaVersion, ..])
            effects.Write(Frame.Version());
        else if (message is [(byte)EventType.MetaHeartbeat, ..])
            effects.Write(Frame.Heartbeat());
        else if (FrameHeader.TryRead(message, out var header))
            Handle(header, message, now);
        else
            effects.Ignored(IgnoredMessage.Malformed);
    }

    private void Handle(FrameHeader header, byte[] message, long now)
    {
        switch (header.Type)
        {
            case EventType.UnreliableMessageReceived or EventType.ReliableMessageReceived:
                _links.Relay(header, message);
                break;
            case EventType.NewConnection:
                Connect(header, message, now);
                break;
            case EventType.Disconnected:
                _links.Close(header.Id);
                break;
            case EventType.ServerInitialized when header.DataType == EventDataType.String:
                Reserve(Frame.ReadString(message, header), now);
                break;
            case EventType.ServerInitialized:
                effects.Ignored(IgnoredMessage.NoAddress);
                break;
            case EventType.ServerClosed:
                ReleaseReservation();
                break;
            default:
                effects.Ignored(IgnoredMessage.Type);
                break;
        }
    }

    private void Reserve(string address, long now)
    {
        if (_closing)
            return;

        ReleaseReservation();
        if (address.Length > AddressKey.MaxAddressLength)
        {
            effects.Write(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, address));
            return;
        }

        var key = AddressKey.Of(app.Path, address);
        var request = new Reserve(key, new ReservationName(self, ++_requests), app.AddressSharing);
        _pending = new PendingReserve(request, address, now + RequestTimeout);
        effects.Request(request);
    }

    private void ReleaseReservation()
    {
        if (_reservation is not { } held)
            return;

        _reservation = null;
        effects.Request(new Release(held.Key, held.Name));
        if (!_closing)
            effects.Write(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
    }

    private void Take(Granted granted, long now)
    {
        if (_pending is PendingReserve reserve && reserve.Request.Reservation == granted.Reservation)
        {
            if (!reserve.TakePage(granted))
                return;

            _pending = null;
            _reservation = (granted.Key, granted.Reservation);
            effects.Write(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, reserve.Address));
            if (_closing)
                ReleaseReservation();
            else
                JoinEarlier(granted.Key, reserve, now);
        }
        else if (_reservation?.Name != granted.Reservation)
        {
            // Nobody waits for it any more.
            effects.Request(new Release(granted.Key, granted.Reservation));
        }
    }

    private void Deny(PendingReserve reserve)
    {
        _pending = null;
        effects.Write(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, reserve.Address));
    }

    private bool Holds(ReservationName name) =>
        _reservation?.Name == name || (_pending is PendingReserve reserve && reserve.Request.Reservation == name);

    private void JoinEarlier(string key, PendingReserve reserve, long now)
    {
        if (reserve.Earlier.Count == 0)
            return;

        var request = reserve.Request.Reservation.Request;
        Ask(reserve.Earlier.Select((host, i) =>
        {
            var link = new LinkName(self, request, i + 1);
            return new Opening(new Join(key, link, host), link, chosenId: null);
        }), now);
    }

    private void Connect(FrameHeader header, byte[] message, long now)
    {
        if (header.DataType != EventDataType.String || _links.IsInUse(header.Id))
        {
            effects.Write(Frame.Of(EventType.ConnectionFailed, header.Id));
            return;
        }

        var link = new LinkName(self, ++_requests);
        var key = AddressKey.Of(app.Path, Frame.ReadString(message, header));
        Ask([new Opening(new Connect(key, link), link, header.Id)], now);
    }

    private void Ask(IEnumerable<Opening> openings, long now)
    {
        Opening[] all = [.. openings];
        _pending = new PendingOpenings(all, now + RequestTimeout);
        foreach (var opening in all)
            effects.Request(opening.Request);
    }

    private void Take(ILinkLetter letter)
    {
        if (letter is Offer offer)
            _links.Keep(offer);
        else if (!_links.TryTake(letter) && !TakeOpening(letter) && letter is Accepted late)
            _links.Decline(late);

        if (letter is Accepted accepted)
            effects.Tell(accepted.Acceptor, new Confirmed(accepted.Link));
    }

    private bool TakeOpening(ILinkLetter letter) => _pending is PendingOpenings openings && openings.TryTake(letter);

    /// <summary>Opens what is answered, each when all before it are, and then what others have asked for meanwhile.</summary>
    private void OpenInOrder(long now)
    {
        if (_pending is PendingOpenings openings)
        {
            while (openings.TryDequeue(out var opening))
                Open(opening);
            if (openings.IsDone)
                _pending = null;
        }

        // Others that joined later come after those that were there before.
        if (_closing || _pending is not PendingOpenings { IsJoin: true })
            _links.AnswerOffers(_reservation?.Name, _pending?.ChosenId, now);
    }

    private void Open(Opening opening)
    {
        if (opening.Acceptance is { } acceptance)
            _links.Open(acceptance, opening.ChosenId);
        else if (opening.ChosenId is { } id)
            effects.Write(Frame.Of(EventType.ConnectionFailed, id));

        foreach (var letter in opening.Early)
            _links.TryTake(letter);
    }
}
