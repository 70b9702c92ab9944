namespace Signaling.Gateway.Draining;

/// <summary>When each of many sockets is closed, so that their peers don't come back all at once.</summary>
internal static class CloseSchedule
{
    /// <summary>Gives each socket a slot of its own in the window, and a random moment within the slot.</summary>
    /// <param name="count">How many sockets there are.</param>
    /// <param name="window">The time for all of them.</param>
    /// <param name="random">Chooses the moments.</param>
    /// <returns>The moments in their order, counted from the window's beginning.</returns>
    public static IEnumerable<TimeSpan> Spread(int count, TimeSpan window, Random random) =>
        Enumerable.Range(0, count).Select(slot => window * ((slot + random.NextDouble()) / count));
}
