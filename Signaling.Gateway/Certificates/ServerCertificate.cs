using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Gateway.Certificates;

/// <summary>A certificate with its private key and the certificates between it and the root.</summary>
/// <param name="leaf">The certificate, with its key.</param>
/// <param name="intermediates">The certificates that are sent along.</param>
internal sealed class ServerCertificate(X509Certificate2 leaf, X509Certificate2Collection intermediates)
{
    private readonly Lock _gate = new();

    public X509Certificate2 Leaf { get; } = ReadyForTls(leaf);

    /// <summary>The certificates that are sent along.</summary>
    public X509Certificate2Collection Intermediates { get; } = intermediates;

    /// <summary>
    /// What a handshake takes: the same each time, since by it the framework knows sessions that are taken up again. Nothing is fetched from
    /// the network to complete the chain.
    /// </summary>
    public SslStreamCertificateContext Context
    {
        get
        {
            lock (_gate)
                return field ??= SslStreamCertificateContext.Create(Leaf, Intermediates, offline: true);
        }
    }

    /// <summary>TLS of Windows takes no key that lives in memory only; a PKCS #12 import gives it another home.</summary>
    private static X509Certificate2 ReadyForTls(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;

        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
