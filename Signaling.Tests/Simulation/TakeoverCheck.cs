using Signaling.Actors.Connections;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>Nobody makes way but for one who has asked for the address, and wins it by the app's policy.</summary>
internal sealed class TakeoverCheck(World world)
{
    private readonly Dictionary<(App App, string Address), List<SimPeer>> _askers = [];

    /// <summary>Whether one who asks for what somebody holds wins it.</summary>
    public static bool Wins(App app, Owner asker, Owner holder) => app.Takeover switch
    {
        Takeover.NewestWins => !app.AddressSharing,
        Takeover.SameTokenWins => !app.AddressSharing && asker != default && asker == holder,
        _ => false,
    };

    /// <summary>A peer's request for an address begins.</summary>
    public void Asks(SimPeer peer, string address)
    {
        if (!_askers.TryGetValue((peer.App, address), out var askers))
            _askers.Add((peer.App, address), askers = []);
        askers.Add(peer);
    }

    /// <summary>A peer is told that it holds an address no longer, though it has not given it back.</summary>
    public void MakesWay(SimPeer holder, string address)
    {
        world.Met(Met.HolderMadeWay);
        foreach (var asker in _askers[(holder.App, address)])
        {
            if (asker != holder && Wins(holder.App, asker.Owner, holder.Owner))
                return;
        }

        throw new InvariantException("I1", $"{holder} had to make way at '{address}', and nobody has asked for it who wins it.");
    }
}
