namespace Signaling.Tests.Simulation;

/// <summary>
/// Invariant I4 for an address, when all is quiet: where nobody holds it a fresh peer gets it; where somebody does, a fresh
/// peer gets a link to them.
/// </summary>
internal sealed class AddressCheck
{
    private readonly SimPeer _fresh;
    private readonly string _address;
    private readonly int _holders;
    private readonly PeerLink? _link;

    public AddressCheck(SimPeer fresh, string address, int holders)
    {
        (_fresh, _address, _holders) = (fresh, address, holders);
        if (holders > 0 && !fresh.App.AddressSharing)
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
            throw new InvariantException("I4", $"{_holders} peers hold '{_address}', and {_fresh} does not get it.");
        if (_fresh.App.AddressSharing && _fresh.Open.Count != _holders)
            throw new InvariantException("I4", $"{_holders} peers hold '{_address}', and {_fresh}, which joins them, gets {_fresh.Open.Count} links.");
    }
}
