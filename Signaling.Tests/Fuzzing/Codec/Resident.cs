using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Fuzzing.Codec;

/// <summary>A connection, and what it does, in the hands of the fuzzing.</summary>
internal sealed class Resident : IConnectionEffects
{
    private readonly Town _town;
    private bool _hasLeft;
    private long _handed;
    private long _written;

    public Resident(Town town, ConnectionUid name, App app)
    {
        (_town, Name) = (town, name);
        State = new ConnectionState(name, app, PeerRights.All, this);
    }

    public ConnectionUid Name { get; }

    public ConnectionState State { get; }

    /// <summary>Whether its socket takes what it is handed.</summary>
    public bool Reads { get; set; } = true;

    public bool HasEnded { get; private set; }

    /// <summary>Bytes of its peer that it has not dealt with.</summary>
    public long Owed { get; private set; }

    public void Hear(byte[] message, long now)
    {
        if (_hasLeft)
            return;

        Owed += message.Length;
        State.Receive(message, now);
    }

    public void Get(ILetter letter, long now)
    {
        if (!HasEnded)
            State.Receive(letter, now);
        else if (letter is ILinkPart part and not (LinkGone or LinkAck))
            _town.Post(part.From, new LinkGone(part.Link, part.To, part.From)); // as its node does
        else if (letter is Granted granted)
            _town.GiveBack(granted.Standing.Key, granted.Standing.Name);
        else if (letter is Offer offer)
            _town.Post(offer.Link.Initiator, new Refused(offer.Link));
        else if (letter is Accepted accepted)
            _town.Post(accepted.Acceptor, new LinkGone(accepted.Link, Name, accepted.Acceptor));
    }

    public void Leave(long now)
    {
        if (_hasLeft)
            return;

        _hasLeft = true;
        State.PeerClosed(now);
    }

    public void Write(long now)
    {
        if (HasEnded || !Reads || _written == _handed)
            return;

        _written = _handed;
        State.Written(_written, now);
    }

    void IConnectionEffects.Write(ReadOnlyMemory<byte> frame)
    {
        Count();
        _handed++;
        FuzzException.Unless(
            frame.Span is [(byte)EventType.MetaVersion, Frame.ProtocolVersion] or [(byte)EventType.MetaHeartbeat] || FrameHeader.TryRead(frame.Span, out _),
            $"A peer gets what is no message: {Convert.ToHexString(frame.Span)}");
    }

    void IConnectionEffects.Request(IAddressRequest request)
    {
        Count();
        FuzzException.Unless(request.Key.Length == 22, "A request goes to what is no address.");
        _town.Request(request);
    }

    void IConnectionEffects.Tell(ConnectionUid to, ILetter letter)
    {
        Count();
        _town.Post(to, letter);
    }

    void IConnectionEffects.Tell(AddressUid to, ILetter letter)
    {
        Count();
        _town.Relayed(letter);
    }

    void IConnectionEffects.GiveBack(string key, ReservationName name)
    {
        Count();
        _town.GiveBack(key, name);
    }

    void IConnectionEffects.Consumed(int bytes)
    {
        Count();
        Owed -= bytes;
        FuzzException.Unless(Owed >= 0, "More is dealt with than was said.");
    }

    void IConnectionEffects.Ignored(IgnoredMessage reason) => Count();

    void IConnectionEffects.Refused(Refusal reason) => Count();

    void IConnectionEffects.Happened(in PeerStep step) => Count();

    void IConnectionEffects.CloseSocket() => Count();

    void IConnectionEffects.Break(BrokenLink link)
    {
        Count();
        _town.Post(link.Other, new LinkGone(link.Link, link.Gone, link.Other));
    }

    void IConnectionEffects.Stop()
    {
        Count();
        HasEnded = true;
    }

    private void Count()
    {
        FuzzException.Unless(!HasEnded, "It goes on after its end.");
        _town.Count();
    }
}
