namespace Signaling.Tests.Simulation;

/// <summary>
/// Invariant I1: without sharing, at no moment do two connections hold the same address. Holding runs from the 3 to the 5,
/// the closed socket, or the end of the node's lease, as the node itself counts it, by true time.
/// </summary>
internal sealed class HolderCheck(World world)
{
    private readonly Dictionary<string, List<SimConnection>> _holders = [];

    public void Took(SimConnection connection, string address)
    {
        if (!_holders.TryGetValue(address, out var holders))
            _holders.Add(address, holders = []);

        foreach (var other in holders)
        {
            if (other != connection && IsHolding(other))
            {
                throw new InvariantException(
                    "I1", $"{connection} and {other}, whose lease runs until {other.Node.LeaseUntil}, both hold '{address}' at {world.Now}.");
            }
        }

        holders.RemoveAll(other => !IsHolding(other));
        holders.Add(connection);
    }

    public void Left(SimConnection connection, string address)
    {
        if (_holders.TryGetValue(address, out var holders))
            holders.Remove(connection);
    }

    /// <summary>The one who holds an address.</summary>
    public SimConnection? Of(string address) =>
        _holders.TryGetValue(address, out var holders) ? holders.Find(IsHolding) : null;

    private static bool IsHolding(SimConnection connection) => connection.Node.IsAlive && connection.Node.HoldsLease;
}
