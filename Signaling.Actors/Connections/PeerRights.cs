using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Actors.Connections;

/// <summary>What one peer may do in its app, and on whose behalf it does it.</summary>
public sealed record PeerRights
{
    /// <summary>Those of a peer that nothing is known of: it may do everything, on nobody's behalf.</summary>
    public static PeerRights All { get; } = new();

    /// <summary>Whether it may reserve addresses.</summary>
    public bool MayListen { get; init; } = true;

    /// <summary>Whether it may ask for links.</summary>
    public bool MayConnect { get; init; } = true;

    /// <summary>The addresses that it may reserve or ask for links by; null: any.</summary>
    public AddressPattern? Addresses { get; init; }

    /// <summary>Most links that it may have open at once.</summary>
    public int MostLinks { get; init; } = int.MaxValue;

    /// <summary>Who uses it, as far as is known: two peers of the same owner may take over each other's address, where the app says so.</summary>
    public Owner Owner { get; init; }

    /// <summary>Whether it may reserve an address.</summary>
    public bool MayReserve(string address) => MayListen && Addresses?.Matches(address) is not false;

    /// <summary>Whether it may ask for a link by an address.</summary>
    public bool MayAskFor(string address) => MayConnect && Addresses?.Matches(address) is not false;
}
