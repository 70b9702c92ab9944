namespace Signaling.Gateway;

/// <summary>
/// What the process exits with, for who supervises it. In an application that embeds the service they become
/// <see cref="Environment.ExitCode"/>. Whatever the code, the log has a sentence about it, and a new start is the remedy for
/// those from 3 to 6.
/// </summary>
public static class ExitCodes
{
    /// <summary>It has ended as it was told to.</summary>
    public const int Ok = 0;

    /// <summary>It did not start: the configuration, a certificate or a port is at fault. Nothing has begun.</summary>
    public const int NotStarted = 1;

    /// <summary>The command line is at fault.</summary>
    public const int Misuse = 2;

    /// <summary>The other nodes have removed this one from their cluster: they could not reach it, or it was told to leave.</summary>
    public const int Removed = 3;

    /// <summary>
    /// The node's lease has run out: too few of the other nodes have renewed it in time, so what it held may be given to
    /// others. That comes of a process that did not run for a while, or of a network that is cut.
    /// </summary>
    public const int LeaseOver = 4;

    /// <summary>The node did not become a member of its cluster in time.</summary>
    public const int NotJoined = 5;

    /// <summary>The node's share of the addresses has ended unasked, a failure within the program.</summary>
    public const int AddressesEnded = 6;

    /// <summary>It was told to stop a second time, and ended at once.</summary>
    public const int StoppedAtOnce = 7;

    /// <summary>
    /// The nodes that it was to join are of another cluster, or of a version or settings that it can't be in one cluster with.
    /// What differs has to be changed first.
    /// </summary>
    public const int Refused = 8;
}
