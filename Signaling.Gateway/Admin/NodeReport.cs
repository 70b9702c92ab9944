using Signaling.Gateway.Limits;

namespace Signaling.Gateway.Admin;

/// <summary>How a node is.</summary>
/// <param name="Uid">The number of this start of it.</param>
/// <param name="Address">Where the other nodes reach it.</param>
/// <param name="Version">Which version runs.</param>
/// <param name="Status">What it is in its cluster, such as <c>Up</c>.</param>
/// <param name="Obstacle">Why no peers should be sent to it; absent: nothing is in the way.</param>
/// <param name="LeaseHeld">Whether it may serve.</param>
/// <param name="Draining">Whether it is about to stop.</param>
/// <param name="HeldBack">Whether who runs the service has it say that it is not ready.</param>
/// <param name="Sockets">How many sockets it has open.</param>
/// <param name="Reservations">How many addresses its peers hold.</param>
/// <param name="Shards">The shards of the addresses that live on it.</param>
/// <param name="Members">The uids of the nodes of its cluster, as it sees them.</param>
/// <param name="Apps">What the peers of each app do here.</param>
/// <param name="Certificates">How long its certificates still hold.</param>
/// <param name="Limits">What a peer may use at most.</param>
/// <param name="UptimeSeconds">For how long it runs.</param>
/// <param name="MemoryBytes">The memory that its process uses.</param>
/// <param name="Refusals">How many sockets it has refused since its start.</param>
internal sealed record NodeReport(
    int Uid,
    string Address,
    string Version,
    string Status,
    string? Obstacle,
    bool LeaseHeld,
    bool Draining,
    bool HeldBack,
    int Sockets,
    int Reservations,
    IReadOnlyList<int> Shards,
    IReadOnlyList<int> Members,
    IReadOnlyList<AppReport> Apps,
    IReadOnlyList<CertificateReport> Certificates,
    LimitReport Limits,
    double UptimeSeconds,
    long MemoryBytes,
    long Refusals = 0);

/// <summary>What the peers of an app do.</summary>
/// <param name="Path">The app's path.</param>
/// <param name="Addresses">How many addresses they hold.</param>
/// <param name="LinkEnds">How many ends of links they have open.</param>
/// <param name="Messages">How many messages they have said to others since the start.</param>
/// <param name="Bytes">How many bytes these had.</param>
/// <param name="Failures">What has failed since the start; absent: nothing has.</param>
internal sealed record AppReport(string Path, int Addresses, int LinkEnds, long Messages, long Bytes, IReadOnlyList<FailureReport>? Failures = null);

/// <summary>How often something has failed.</summary>
/// <param name="Reason">Why an address or a link was asked for in vain, or a link broke.</param>
/// <param name="Count">How often.</param>
internal sealed record FailureReport(string Reason, long Count);

/// <summary>How long a certificate still holds.</summary>
/// <param name="Use">What it is for.</param>
/// <param name="NotAfter">Until when.</param>
internal sealed record CertificateReport(string Use, DateTimeOffset NotAfter);

/// <summary>What peers may use at most; absent: there is no limit.</summary>
internal sealed record LimitReport(
    int? Sockets,
    int? SocketsPerAddress,
    int? SocketsPerToken,
    int? LinksPerPeer,
    int? ListenersPerAddress,
    RateLimit? Handshakes,
    RateLimit? Messages,
    RateLimit? Bytes,
    double? HandshakeSeconds,
    double? FirstMessageSeconds)
{
    public static LimitReport Of(LimitsInForce limits) => new(
        Said(limits.Sockets),
        Said(limits.SocketsPerAddress),
        Said(limits.SocketsPerToken),
        Said(limits.LinksPerPeer),
        Said(limits.ListenersPerAddress),
        limits.Handshakes,
        limits.Messages,
        limits.Bytes,
        limits.HandshakeTime?.TotalSeconds,
        limits.FirstMessageTime?.TotalSeconds);

    private static int? Said(int most) => most == int.MaxValue ? null : most;
}
