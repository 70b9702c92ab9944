using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>A shard on the process that it lives on: it starts addresses, lets them end when they hold nothing, and stops them all when it moves.</summary>
internal sealed class SimShard(SimNode node, int number)
{
    private readonly Dictionary<string, SimAddress> _addresses = [];
    private readonly Dictionary<string, List<(long Sender, IAddressRequest Request)>> _passivating = [];
    private bool _stopping;

    public IReadOnlyDictionary<string, SimAddress> Addresses => _addresses;

    public void Take(long sender, IAddressRequest request)
    {
        if (_stopping)
            return; // lost, as it is in Akka

        if (request is Digest)
            node.TellNode(request); // what an address with the key of a shard does
        else if (_passivating.TryGetValue(request.Key, out var kept))
            kept.Add((sender, request));
        else
            AddressOf(request.Key).Tell(request);
    }

    /// <summary>An address asks to end.</summary>
    public void Passivate(SimAddress address)
    {
        if (_passivating.TryAdd(address.Key, []))
            address.TellStop();
    }

    public void Stop()
    {
        if (_stopping)
            return;

        _stopping = true;
        foreach (var (_, address) in _addresses)
            address.TellStop();
        CheckStopped();
    }

    public void HasStopped(SimAddress address)
    {
        _addresses.Remove(address.Key);
        if (_passivating.Remove(address.Key, out var kept) && !_stopping)
        {
            foreach (var (sender, request) in kept)
                Take(sender, request);
        }

        if (_stopping)
            CheckStopped();
    }

    private void CheckStopped()
    {
        if (_addresses.Count == 0)
            node.Region.HasStopped(number);
    }

    private SimAddress AddressOf(string key)
    {
        if (!_addresses.TryGetValue(key, out var address))
            _addresses.Add(key, address = new SimAddress(node, this, key));
        return address;
    }
}
