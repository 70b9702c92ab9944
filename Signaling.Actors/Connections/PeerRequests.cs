using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Actors.Connections;

/// <summary>
/// What one peer asks addresses for, one thing at a time, and the reservation that it holds. Each request has a number; it
/// is repeated until it is answered, or given up in time.
/// </summary>
/// <param name="self">The connection.</param>
/// <param name="app">The app that the peer has asked for.</param>
/// <param name="rights">What the peer may do there.</param>
/// <param name="writer">The peer's socket.</param>
/// <param name="links">The connection's links.</param>
/// <param name="effects">What comes of it.</param>
internal sealed class PeerRequests(
    ConnectionUid self, App app, PeerRights rights, PeerWriter writer, ConnectionLinks links, IConnectionEffects effects)
{
    private readonly SlowShards _slow = new();
    private PendingRequest? _pending;
    private (string Key, ReservationName Name)? _reservation;
    private long _requests;
    private bool _closing;

    /// <summary>Whether one is under way.</summary>
    public bool IsWaiting => _pending is not null;

    /// <summary>Whether links of a shared address are being opened: others that joined later come after them.</summary>
    public bool IsJoining => !_closing && _pending is PendingOpenings { IsJoin: true };

    /// <summary>The reservation that the peer holds, and its address.</summary>
    public (string Key, ReservationName Name)? Held => _reservation;

    /// <summary>The reservation that it waits for.</summary>
    public ReservationName? Awaited => (_pending as PendingReserve)?.Request.Reservation;

    /// <summary>The id that it has chosen for the link it waits for.</summary>
    public short? ChosenId => _pending?.ChosenId;

    /// <summary>When <see cref="Tick"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due => _pending?.Due ?? long.MaxValue;

    /// <summary>The peer asks for an address.</summary>
    public void Reserve(string address, long now)
    {
        if (_closing)
            return;

        Release(StepReason.AskedForAnother);
        var mayReserve = rights.MayReserve(address);
        if (!mayReserve)
            effects.Refused(Refusal.NoRight);
        if (!mayReserve || address.Length > AddressKey.MaxAddressLength)
        {
            effects.Happened(new PeerStep(
                StepKind.ListenFailed, mayReserve ? StepReason.TooLong : StepReason.NoRight, self, KeyOf(address)));
            writer.Write(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, address));
            return;
        }

        var key = KeyOf(address);
        var name = new ReservationName(self, ++_requests);
        var request = new Reserve(key, name, app.AddressSharing, app.Takeover, rights.Owner, app.MostListeners);
        _pending = new PendingReserve(request, address, now, _slow.PatienceWith(key, now));
        effects.Request(request);
    }

    /// <summary>The peer gives its address back, if it has one.</summary>
    public void Release(StepReason reason)
    {
        if (_reservation is not { } held)
            return;

        _reservation = null;
        effects.Happened(new PeerStep(StepKind.ListenEnded, reason, self, held.Key));
        if (!_closing)
            writer.Write(Frame.Of(EventType.ServerClosed, FrameHeader.NoId));
        effects.GiveBack(held.Key, held.Name);
    }

    /// <summary>The peer asks for a link.</summary>
    public void Connect(FrameHeader header, byte[] message, long now)
    {
        if (header.DataType != EventDataType.String || links.IsInUse(header.Id))
        {
            effects.Happened(new PeerStep(StepKind.ConnectFailed, StepReason.BadRequest, self));
            writer.Write(Frame.Of(EventType.ConnectionFailed, header.Id));
            return;
        }

        var address = Frame.ReadString(message, header);
        if (WhyNot(address) is { } reason)
        {
            effects.Refused(reason);
            effects.Happened(new PeerStep(
                StepKind.ConnectFailed, reason == Refusal.Links ? StepReason.TooManyLinks : StepReason.NoRight, self, KeyOf(address)));
            writer.Write(Frame.Of(EventType.ConnectionFailed, header.Id));
            return;
        }

        var link = new LinkName(self, ++_requests);
        var key = KeyOf(address);
        Ask(key, [new Opening(new Connect(key, link), link, host: null, header.Id)], now);
    }

    /// <summary>The peer asks for an address, or a link, that it may not have.</summary>
    public void Deny(FrameHeader header, byte[] message)
    {
        var address = Frame.ReadString(message, header);
        effects.Refused(Refusal.NotAdmitted);
        if (header.Type == EventType.NewConnection)
        {
            effects.Happened(new PeerStep(StepKind.ConnectFailed, StepReason.NotAdmitted, self, KeyOf(address)));
            writer.Write(Frame.Of(EventType.ConnectionFailed, header.Id));
        }
        else if (!_closing)
        {
            Release(StepReason.AskedForAnother);
            effects.Happened(new PeerStep(StepKind.ListenFailed, StepReason.NotAdmitted, self, KeyOf(address)));
            writer.Write(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, address));
        }
    }

    /// <summary>The peer has left.</summary>
    public void Close()
    {
        _closing = true;
        Release(StepReason.PeerLeft);
    }

    /// <summary>A page of a grant has come.</summary>
    public void Take(Granted granted, long now)
    {
        var (key, name) = (granted.Standing.Key, granted.Standing.Name);
        if (_pending is PendingReserve reserve && reserve.Request.Reservation == name)
        {
            if (reserve.TakePage(granted))
                Hold(reserve, now);
        }
        else if (_reservation?.Name != name)
        {
            effects.GiveBack(key, name); // nobody waits for it any more
        }
    }

    /// <summary>An address is denied.</summary>
    public void Take(Denied denied)
    {
        if (_pending is not PendingReserve reserve || reserve.Request.Reservation != denied.Reservation)
            return;

        if (denied.IsFull)
            effects.Refused(Refusal.Listeners);
        Deny(reserve, denied.IsFull ? StepReason.Full : StepReason.Taken);
    }

    /// <summary>A reservation has to make way.</summary>
    public void Take(Revoked revoked)
    {
        if (_reservation?.Name == revoked.Reservation)
            Release(StepReason.TakenOver);
    }

    /// <summary>The link that is being opened under a name.</summary>
    public Opening? OpeningOf(LinkName link) =>
        _pending is PendingOpenings openings && openings.TryGet(link, out var opening) ? opening : null;

    /// <summary>Opens the links that were answered, each when all before it are.</summary>
    public void OpenInOrder()
    {
        if (_pending is not PendingOpenings openings)
            return;

        while (openings.TryDequeue(out var opening))
            Open(opening);
        if (openings.IsDone)
            _pending = null;
    }

    /// <summary>A node has left.</summary>
    public void NodeRemoved(int node) => _pending?.NodeRemoved(node);

    /// <summary>Time has passed.</summary>
    public void Tick(long now)
    {
        if (_pending is not { } pending)
            return;

        var isLate = pending.Deadline <= now;
        if (!isLate && !pending.IsToBeRepeated(now))
            return;

        if (pending is PendingReserve reserve)
            Continue(reserve, isLate);
        else if (pending is PendingOpenings openings)
            Continue(openings, isLate);
        if (isLate)
            _slow.GaveUp(pending.Key, now);
    }

    private void Continue(PendingReserve reserve, bool isLate)
    {
        if (!isLate)
        {
            effects.Request(reserve.Request);
            return;
        }

        Deny(reserve, StepReason.NoAnswer);
        effects.GiveBack(reserve.Key, reserve.Request.Reservation);
    }

    private void Continue(PendingOpenings openings, bool isLate)
    {
        foreach (var opening in openings.Unanswered)
        {
            if (isLate)
                opening.GiveUp();
            else
                effects.Request(opening.Request);
        }
    }

    private void Hold(PendingReserve reserve, long now)
    {
        _pending = null;
        _slow.Answered(reserve.Key);
        _reservation = (reserve.Key, reserve.Request.Reservation);
        effects.Happened(new PeerStep(StepKind.Listening, StepReason.Asked, self, reserve.Key));
        writer.Write(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, reserve.Address));
        if (_closing)
            Release(StepReason.PeerLeft);
        else if (reserve.Earlier.Count > 0)
            Join(reserve, now);
    }

    private void Join(PendingReserve reserve, long now)
    {
        if (links.Room < reserve.Earlier.Count)
            effects.Refused(Refusal.Links);
        Ask(reserve.Key, reserve.Earlier.Take(links.Room).Select((host, i) =>
        {
            var link = new LinkName(self, reserve.Request.Reservation.Request, i + 1);
            return new Opening(new Join(reserve.Key, link, host), link, host.Connection.Node, chosenId: null);
        }), now);
    }

    private string KeyOf(string address) => AddressKey.Of(app.Path, address);

    private Refusal? WhyNot(string address) =>
        !rights.MayAskFor(address) ? Refusal.NoRight : links.Room == 0 ? Refusal.Links : null;

    private void Deny(PendingReserve reserve, StepReason reason)
    {
        _pending = null;
        effects.Happened(new PeerStep(StepKind.ListenFailed, reason, self, reserve.Key));
        _slow.Answered(reserve.Key);
        writer.Write(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, reserve.Address));
    }

    private void Ask(string key, IEnumerable<Opening> openings, long now)
    {
        Opening[] all = [.. openings];
        _pending = new PendingOpenings(key, all, now, _slow.PatienceWith(key, now));
        foreach (var opening in all)
            effects.Request(opening.Request);
    }

    private void Open(Opening opening)
    {
        if (!opening.IsGivenUp)
            _slow.Answered(opening.Request.Key);

        if (opening.Acceptance is { } accepted)
        {
            if (links.Open(accepted.Link, accepted.Acceptor, accepted.Relay, opening.Request.Key, opening.ChosenId, promisedId: null) is not { } link)
                effects.Tell(accepted.Acceptor, new LinkGone(accepted.Link, self, accepted.Acceptor));
            else if (opening.IsAwaited)
                links.Welcome(link);
        }
        else
        {
            var reason = opening.IsGivenUp ? StepReason.NoAnswer : StepReason.NobodyThere;
            effects.Happened(new PeerStep(StepKind.ConnectFailed, reason, self, opening.Request.Key, opening.Link));
            if (opening.ChosenId is { } id)
                writer.Write(Frame.Of(EventType.ConnectionFailed, id));
        }
    }
}
