using System.Net;
using Microsoft.Extensions.Options;
using Signaling.Actors.Messages;
using Signaling.Gateway.Configuration;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.Limits;

/// <summary>Lets sockets in as long as the node, the client address and the user token have room for them.</summary>
internal sealed class Doorkeeper : IDisposable
{
    private readonly LimitsInForce _limits;
    private readonly SocketMetrics _metrics;
    private readonly AddressRates? _handshakes;
    private readonly Seats<ClientAddress>? _addresses;
    private readonly Seats<Owner>? _owners;
    private readonly Action<Place> _end;
    private int _sockets;

    public Doorkeeper(LimitsInForce limits, IOptions<SignalingOptions> options, SocketMetrics metrics)
    {
        (_limits, _metrics, _end) = (limits, metrics, End);
        var knowsAddresses = options.Value.AddressesAreKnown;
        _handshakes = knowsAddresses && limits.Handshakes is { } rate ? new AddressRates(rate) : null;
        _addresses = knowsAddresses && limits.SocketsPerAddress < int.MaxValue ? new Seats<ClientAddress>(limits.SocketsPerAddress) : null;
        _owners = limits.SocketsPerToken < int.MaxValue ? new Seats<Owner>(limits.SocketsPerToken) : null;
    }

    /// <summary>Lets a request in that is for no socket.</summary>
    /// <returns>Why it is not let in; null: it is.</returns>
    public HandshakeRefusal? RefuseRequest(IPAddress? client) =>
        _handshakes?.TryTake(ClientAddress.Of(client)) is false ? Count(HandshakeRefusal.TooOften) : null;

    /// <summary>Lets a handshake in.</summary>
    /// <param name="client">Where it comes from.</param>
    /// <param name="place">What its socket counts for. To be disposed of with it.</param>
    /// <returns>Why it is not let in; null: it is.</returns>
    public HandshakeRefusal? Refuse(IPAddress? client, out Place place)
    {
        place = Place.Free;
        var address = ClientAddress.Of(client);
        if (_handshakes?.TryTake(address) is false)
            return Count(HandshakeRefusal.TooOften);

        if (_limits.Sockets == int.MaxValue && _addresses is null && _owners is null)
            return null;

        if (Interlocked.Increment(ref _sockets) > _limits.Sockets)
        {
            Interlocked.Decrement(ref _sockets);
            return Count(HandshakeRefusal.NodeIsFull);
        }

        if (_addresses?.TryTake(address) is false)
        {
            Interlocked.Decrement(ref _sockets);
            return Count(HandshakeRefusal.TooManyOfAddress);
        }

        place = new Place(_end, _addresses is null ? null : address);
        return null;
    }

    /// <summary>Has it count for its owner too.</summary>
    /// <param name="place">What its socket counts for.</param>
    /// <param name="owner">Who uses it; nobody that is known, where it is the default.</param>
    /// <returns>Why it is not let in; null: it is.</returns>
    public HandshakeRefusal? Refuse(Place place, Owner owner)
    {
        if (_owners is null || owner == default)
            return null;
        if (!_owners.TryTake(owner))
            return Count(HandshakeRefusal.TooManyOfToken);

        place.Owner = owner;
        return null;
    }

    public void Dispose() => _handshakes?.Dispose();

    private HandshakeRefusal Count(HandshakeRefusal refusal)
    {
        _metrics.LimitReached(refusal.Limit);
        return refusal;
    }

    private void End(Place place)
    {
        Interlocked.Decrement(ref _sockets);
        if (place.Address is { } address)
            _addresses!.Return(address);
        if (place.Owner is { } owner)
            _owners!.Return(owner);
    }
}
