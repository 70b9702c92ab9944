namespace Signaling.Tests.Simulation;

/// <summary>
/// What invariants I2 and I4 say of a link when all is quiet: all that was said has arrived where nothing stood against it,
/// and a link that is open has another end.
/// </summary>
internal static class RestCheck
{
    public static void Check(PeerLink link)
    {
        if (!link.IsOpened)
        {
            if (link.Handled > 0 || link.Other is { Received: > 0 })
                throw new InvariantException("I7", $"{link} has never opened, and data went over it.");
            return;
        }

        var isOpen = IsOpen(link);
        if (isOpen && link.IsToClose)
            throw new InvariantException("I4", $"{link} was closed by its peer, and is open.");
        if (isOpen && (link.Other is null || !IsOpen(link.Other)))
            throw new InvariantException("I4", $"{link} is open and has no other end ({link.Other}).");
        if (link.Other is { } other)
            CheckComplete(link, other, isOpen);
    }

    public static void CheckGhost(PeerLink link)
    {
        if (IsOpen(link) && link.Other is { } other && !IsOpen(other))
            throw new InvariantException("I4", $"{link} is open, and its other end is over: {other}.");
    }

    private static bool IsOpen(PeerLink link) => link.IsOpened && !link.IsOver && !link.Owner.IsGone;

    private static void CheckComplete(PeerLink link, PeerLink other, bool isOpen)
    {
        // Where the receiver has ended it, or either was broken off, or a node has gone, what was under way is nobody's.
        if (IsEndedBy(other) || link.IsBrokenOff || other.IsBrokenOff || link.Owner.HasBroken)
            return;
        if (!link.Owner.Connection.Node.IsAlive || !other.Owner.Connection.Node.IsAlive)
            return;

        if (!isOpen && !IsEndedBy(link))
            throw new InvariantException("I2", $"{link} has ended, and neither end has ended it: {other}.");
        if (other.Received != link.Handled)
            throw new InvariantException("I2", $"{other} was written {other.Received} of {link.Handled} that {link} sent.");
    }

    private static bool IsEndedBy(PeerLink link) => link.IsClosedHere || link.Owner.IsGone || link.Owner.Connection.HasClosed;
}
