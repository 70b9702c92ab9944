using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Certificates;

/// <summary>
/// A certificate from two PEM files: <c>ssl_cert_file</c> with the certificate first and those it is signed with after
/// it, and <c>ssl_key_file</c> with its key as PKCS #8, PKCS #1 or SEC 1.
/// </summary>
internal static class PemCertificate
{
    /// <summary>Reads both.</summary>
    /// <param name="config">What names the files.</param>
    /// <param name="folder">Where relative paths count from.</param>
    public static ServerCertificate Load(SecureEndpointConfig config, string folder)
    {
        var certificates = PemFile.Read($"{config.Endpoint.Origin}.ssl_cert_file", config.CertificateFile, folder);
        var key = PemFile.Read($"{config.Endpoint.Origin}.ssl_key_file", config.KeyFile, folder);

        var chain = ReadChain(certificates);
        if (key.IsEncrypted)
            throw key.Refuse("holds a key with a password; take that off, as \"openssl pkey -in OLD -out NEW\" does");
        if (!key.HoldsKey)
            throw key.Refuse("holds no private key in PEM form; one begins with -----BEGIN PRIVATE KEY-----");

        return new ServerCertificate(Pair(certificates, key), [.. chain.Skip(1)]);
    }

    private static X509Certificate2Collection ReadChain(PemFile file)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(file.Text);
        }
        catch (CryptographicException error)
        {
            throw file.Refuse("holds a certificate that can't be read; copy it anew from where it was issued", error);
        }

        return chain.Count > 0 ? chain : throw file.Refuse("holds no certificate in PEM form; one begins with -----BEGIN CERTIFICATE-----");
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
