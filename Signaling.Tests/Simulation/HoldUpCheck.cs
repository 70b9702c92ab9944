namespace Signaling.Tests.Simulation;

/// <summary>
/// Invariant I3: an open conversation whose two gateways live and read is held up at most a second by whatever happens to
/// the address' node.
/// </summary>
internal static class HoldUpCheck
{
    /// <summary>The bound, and what a message and its answer may take besides.</summary>
    public const long Bound = 1_000 + (3 * SimNetwork.Slowest) + 50;

    // After a fault between the two gateways themselves repeats take this long to come back to their pace.
    private const long Recovery = 3_000;

    public static void Check(World world, PeerLink from, PeerLink to, int number)
    {
        var since = Math.Max(from.HandledAt(number), Math.Max(from.OpenedAt, to.OpenedAt));
        if (world.Now - since <= Bound)
            return;

        var (a, b) = (from.Owner.Connection, to.Owner.Connection);
        var trouble = Math.Max(world.TroubleBetween(a.Node, b.Node), Math.Max(to.Owner.StalledUntil, b.Memory.FullAt));
        if (!a.Node.IsAlive || from.IsOver || to.Owner.IsStalled || trouble + Recovery > since || to.Owner.HasBroken || to.Owner.IsGone)
            return;

        throw new InvariantException("I3", $"number {number} of {from} was held up for {world.Now - since} ms on its way to {to}.");
    }
}
