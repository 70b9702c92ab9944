using System.Security.Cryptography.X509Certificates;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Certificates;

/// <summary>What a node shows to the others, and whom it believes.</summary>
/// <param name="Own">Its certificate.</param>
/// <param name="Trust">What it asks of the certificates of others.</param>
/// <param name="InUse">When it, and the CA that has signed it, run out.</param>
internal sealed record NodeCertificate(ServerCertificate Own, NodeTrust Trust, IReadOnlyList<CertificateInUse> InUse)
{
    private const string Key = "signaling.node.tls";

    /// <summary>Reads the files of <c>signaling.node.tls</c>, and holds the certificate against the rules of the other nodes.</summary>
    /// <param name="node">What names the files.</param>
    /// <param name="time">The clock that certificates are held against.</param>
    /// <param name="originOf">What to put before a key in messages, such as the file that it stands in.</param>
    /// <returns>What was read; null: the nodes of this cluster talk in the clear.</returns>
    /// <exception cref="StartupException">The files are of no use, or other nodes would refuse the certificate.</exception>
    public static NodeCertificate? Load(NodeOptions node, TimeProvider time, Func<string, string>? originOf = null)
    {
        if (node.IsAlone || !node.Tls.IsAsked)
            return null;

        var certificate = Read("certFile", node.Tls.CertFile);
        var key = Read("keyFile", node.Tls.KeyFile);
        var ca = Read("caFile", node.Tls.CaFile);
        var own = PemCertificate.Load(certificate, key);
        var authorities = PemCertificate.ReadAll(ca);
        if (!authorities.Any(NodeTrust.IsRoot))
            throw ca.Refuse("holds no root, that is no certificate that is signed with itself; put the CA's own certificate there");

        var trust = new NodeTrust(authorities, node.TlsNames, time);
        if ((trust.OfServer(own.Leaf, own.Intermediates, node.Host) ?? trust.OfClient(own.Leaf, own.Intermediates)) is { } fault)
            throw certificate.Refuse($"holds a certificate that {fault.What}, so that no other node would let this one in; {fault.Remedy}");

        return new NodeCertificate(own, trust, [.. trust.PathOf(own)!.Select(one => InUseOf(one, authorities.Contains(one) ? ca : certificate))]);

        PemFile Read(string name, string? path)
        {
            var origin = $"{originOf?.Invoke(name)}{Key}.{name}";
            return path is not null
                ? PemFile.Read(origin, path, Environment.CurrentDirectory)
                : throw new StartupException(
                    $"{origin} is missing; TLS between nodes takes certFile, keyFile and caFile, so name all three, or none to do without.");
        }
    }

    private static CertificateInUse InUseOf(X509Certificate2 certificate, PemFile file) =>
        new(CertificateInUse.Cluster, file.Origin, new DateTimeOffset(certificate.NotAfter));
}
