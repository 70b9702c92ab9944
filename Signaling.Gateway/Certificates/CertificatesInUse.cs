namespace Signaling.Gateway.Certificates;

/// <summary>All certificates that this process lives by.</summary>
/// <param name="others">Those that its host has brought along.</param>
/// <param name="node">The one of the node.</param>
internal sealed class CertificatesInUse(IEnumerable<CertificateInUse> others, NodeIdentity node)
{
    public IReadOnlyList<CertificateInUse> All { get; } = [.. others, .. node.Certificate?.InUse ?? []];
}
