namespace Signaling.Tests.Simulation;

/// <summary>
/// Invariant I4 for an address, when all is quiet: where nobody holds it a fresh peer gets it; where somebody does, a fresh
/// peer gets a link to them, or the address itself, where it takes it over: soon, and the holder is told.
/// </summary>
internal sealed class AddressCheck
{
    private readonly SimPeer _fresh;
    private readonly string _address;
    private readonly IReadOnlyList<SimPeer> _holders;
    private readonly bool _takesOver;
    private readonly long _begin;
    private readonly PeerLink? _link;

    /// <summary>Two ways between any two nodes, and as long again for whatever else is under way.</summary>
    private const long TakeoverBound = 12 * SimNetwork.Slowest;

    public AddressCheck(SimPeer fresh, string address, IReadOnlyList<SimPeer> holders, bool takesOver)
    {
        (_fresh, _address, _holders, _takesOver, _begin) = (fresh, address, holders, takesOver, fresh.World.Now);
        if (holders.Count > 0 && !fresh.App.AddressSharing && !takesOver)
            _link = fresh.Connect(address);
        else
            fresh.Listen(address);
    }

    public void Check()
    {
        if (_link is not null)
        {
            if (!_link.IsOpened)
                throw new InvariantException("I4", $"a peer holds '{_address}', and {_fresh} gets no link to it.");
            return;
        }

        if (!string.Equals(_fresh.Holds, _address, StringComparison.Ordinal))
            throw new InvariantException("I4", $"{_holders.Count} peers hold '{_address}', and {_fresh} does not get it.");
        if (_takesOver && (_holders[0].Holds is not null || _fresh.HeldSince > _begin + TakeoverBound))
            throw new InvariantException("I4", $"{_fresh} took '{_address}' over {_fresh.HeldSince - _begin} ms after it had come, and {_holders[0]} holds {_holders[0].Holds}.");
        if (_fresh.App.AddressSharing && _fresh.Open.Count != _holders.Count)
            throw new InvariantException("I4", $"{_holders.Count} peers hold '{_address}', and {_fresh}, which joins them, gets {_fresh.Open.Count} links.");
    }
}
