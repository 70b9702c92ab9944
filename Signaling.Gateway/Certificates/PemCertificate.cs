using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Certificates;

/// <summary>
/// A certificate from two PEM files: one with the certificate first and those it is signed with after it, such as
/// <c>ssl_cert_file</c>, and one with its key as PKCS #8, PKCS #1 or SEC 1, such as <c>ssl_key_file</c>.
/// </summary>
internal static class PemCertificate
{
    /// <summary>Reads what <c>httpsConfig</c> names.</summary>
    /// <param name="config">What names the files.</param>
    /// <param name="folder">Where relative paths count from.</param>
    public static ServerCertificate Load(SecureEndpointConfig config, string folder)
    {
        return Load(Read("ssl_cert_file", config.CertificateFile), Read("ssl_key_file", config.KeyFile));

        PemFile Read(string name, string? path) => path is null
            ? throw new StartupException(
                $"{config.Endpoint.Origin}.{name} is missing; name a PEM file, or remove httpsConfig to do without https.")
            : PemFile.Read($"{config.Endpoint.Origin}.{name}", path, folder);
    }

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

        return new ServerCertificate(Pair(certificates, key), [.. chain.Skip(1)]);
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
