namespace Signaling.Gateway.Certificates;

/// <summary>All certificates that this process lives by.</summary>
/// <param name="shown">Those that its host shows to peers.</param>
/// <param name="node">The one of the node.</param>
internal sealed class CertificatesInUse(IEnumerable<PublicCertificate> shown, NodeIdentity node)
{
    /// <summary>Those of this moment.</summary>
    public IReadOnlyList<CertificateInUse> All => [.. shown.Select(one => one.InUse), .. node.Certificate?.InUse ?? []];
}
