namespace Signaling.Tests.Faults;

/// <summary>What peers may cost a node at most.</summary>
internal static class Bounds
{
    /// <summary>The most that a node grows by for a few peers that do as they please; the runtime's own slack is the most of it.</summary>
    public const long GrowthMiB = 96;

    /// <summary>The most that a node grows by for each peer, in KiB.</summary>
    public const long GrowthPerPeerKiB = 128;
}
