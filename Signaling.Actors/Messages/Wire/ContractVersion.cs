using Akka.Util;

namespace Signaling.Actors.Messages.Wire;

/// <summary>
/// The version of what travels between nodes. Each node announces its own to the cluster, as <c>akka.cluster.app-version</c>.
/// </summary>
public static class ContractVersion
{
    /// <summary>
    /// The version of this build: one more than that of the release before where it reads a kind of message, or a field,
    /// that the other does not.
    /// </summary>
    public const int Current = 4;

    private static readonly AppVersion FirstWithBags = AppVersion.Create("2");
    private static readonly AppVersion FirstWithDesk = AppVersion.Create("4");

    /// <summary>Whether a node reads bags. One that does not is sent each letter by itself.</summary>
    /// <param name="version">What it has announced.</param>
    public static bool HasBags(AppVersion version) => version.CompareTo(FirstWithBags) >= 0;

    /// <summary>Whether a node answers who runs the service.</summary>
    /// <param name="version">What it has announced.</param>
    public static bool HasDesk(AppVersion version) => version.CompareTo(FirstWithDesk) >= 0;
}
