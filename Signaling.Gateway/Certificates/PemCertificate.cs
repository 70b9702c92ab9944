using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Gateway.Certificates;

/// <summary>
/// A certificate from two PEM files: one with the certificate first and those it is signed with after it, such as
/// <c>ssl_cert_file</c>, and one with its key as PKCS #8, PKCS #1 or SEC 1, such as <c>ssl_key_file</c>.
/// </summary>
internal static class PemCertificate
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";
    private const string Unreadable = "holds a certificate that can't be read; copy it anew from where it was issued";

    /// <summary>Puts the two together.</summary>
    /// <param name="certificates">The certificate first, then those it is signed with.</param>
    /// <param name="key">Its key.</param>
    public static ServerCertificate Load(PemFile certificates, PemFile key)
    {
        var chain = ReadAll(certificates);
        if (key.IsEncrypted)
            throw key.Refuse("holds a key with a password; take that off, as \"openssl pkey -in OLD -out NEW\" does");
        if (!key.HoldsKey)
            throw key.Refuse("holds no private key in PEM form; one begins with -----BEGIN PRIVATE KEY-----");

        var read = new ServerCertificate(Pair(certificates, key), [.. chain.Skip(1)]);
        return TrialHandshake.FaultOf(read) is { } fault
            ? throw certificates.Refuse($"holds a certificate that TLS does not take ({fault}); have one issued for a key of RSA with 2048 bits or more, or of EC")
            : read;
    }

    /// <summary>All certificates of a file, at least one.</summary>
    public static X509Certificate2Collection ReadAll(PemFile file)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(file.Text);
        }
        catch (CryptographicException error)
        {
            throw file.Refuse(Unreadable, error);
        }

        // What is cut off is passed over by the framework.
        if (chain.Count < file.Text.AsSpan().Count(Begin))
            throw file.Refuse(Unreadable);
        return chain.Count > 0 ? chain : throw file.Refuse($"holds no certificate in PEM form; one begins with {Begin}");
    }

    private static X509Certificate2 Pair(PemFile certificate, PemFile key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate.Text, key.Text);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw key.Refuse(
                $"holds no key that belongs to the first certificate in {certificate.Path}; take both from the same issue, " +
                "RSA or EC, the server's own certificate before those it is signed with",
                error);
        }
    }
}
