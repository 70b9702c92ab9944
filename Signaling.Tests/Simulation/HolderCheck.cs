using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>Invariant I1: without sharing, at no moment do two connections hold the same address.</summary>
internal sealed class HolderCheck
{
    private readonly Dictionary<string, HashSet<ConnectionUid>> _holders = [];

    public void Took(ConnectionUid connection, string address, bool shared)
    {
        if (!_holders.TryGetValue(address, out var holders))
            _holders.Add(address, holders = []);
        holders.Add(connection);
        if (holders.Count > 1 && !shared)
            throw new InvariantException($"I1: {string.Join(" and ", holders)} hold '{address}'.");
    }

    public void Left(ConnectionUid connection, string address)
    {
        if (_holders.TryGetValue(address, out var holders))
            holders.Remove(connection);
    }

    public IReadOnlyCollection<ConnectionUid> Of(string address) => _holders.TryGetValue(address, out var holders) ? holders : [];
}

/// <summary>A history that should not be.</summary>
internal sealed class InvariantException(string message) : Exception(message);
