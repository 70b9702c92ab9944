using System.Security.Cryptography;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Configuration;
using Xunit;

namespace Signaling.Tests.Gateway.Certificates;

public sealed class PemCertificateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestCertificates _certificates = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("PKCS #8")]
    [InlineData("PKCS #1")]
    [InlineData("SEC 1")]
    public void Every_usual_form_of_a_key_is_read(string form)
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var (certificates, pem) = form switch
        {
            "PKCS #1" => (new TestCertificates(rsa), rsa.ExportRSAPrivateKeyPem()),
            "SEC 1" => (new TestCertificates(ec), ec.ExportECPrivateKeyPem()),
            _ => (new TestCertificates(rsa), rsa.ExportPkcs8PrivateKeyPem()),
        };

        var loaded = Load(certificates.ChainPem, pem);

        Assert.Equal(certificates.Leaf.Thumbprint, loaded.Leaf.Thumbprint);
        Assert.True(loaded.Leaf.HasPrivateKey);
    }

    [Fact]
    public void The_certificates_between_it_and_the_root_are_sent_along()
    {
        var loaded = Load(_certificates.ChainPem, _certificates.KeyPem);

        Assert.Equal(
            _certificates.Intermediate.Thumbprint, Assert.Single(loaded.Context.IntermediateCertificates).Thumbprint);
    }

    [Fact]
    public void A_certificate_that_is_not_named_is_told() =>
        AssertRefused(
            "f: httpsConfig.ssl_cert_file is missing; name a PEM file, or remove httpsConfig to do without https.",
            new SecureEndpointConfig(Endpoint, "ssl.key", null));

    [Fact]
    public void A_certificate_that_is_not_there_is_told() =>
        AssertRefused(
            $"f: httpsConfig.ssl_cert_file is {PathOf("nix.crt")}, which does not exist; correct the path or put the file there.",
            new SecureEndpointConfig(Endpoint, "ssl.key", "nix.crt"));

    [Fact]
    public void A_certificate_that_can_not_be_read_is_told()
    {
        Directory.CreateDirectory(PathOf("ssl.crt"));

        AssertRefused(
            $"f: httpsConfig.ssl_cert_file is {PathOf("ssl.crt")}, which can't be read; give the user that runs this program " +
            "the right to.",
            new SecureEndpointConfig(Endpoint, "ssl.key", "ssl.crt"));
    }

    [Fact]
    public void A_file_without_a_certificate_is_told() => AssertRefused(
        $"f: httpsConfig.ssl_cert_file is {PathOf("ssl.crt")}, which holds no certificate in PEM form; one begins with " +
        "-----BEGIN CERTIFICATE-----.",
        "hello",
        _certificates.KeyPem);

    [Fact]
    public void A_broken_certificate_is_told() => AssertRefused(
        $"f: httpsConfig.ssl_cert_file is {PathOf("ssl.crt")}, which holds a certificate that can't be read; copy it anew from " +
        "where it was issued.",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        _certificates.KeyPem);

    [Fact]
    public void A_file_without_a_key_is_told() => AssertRefused(
        $"f: httpsConfig.ssl_key_file is {PathOf("ssl.key")}, which holds no private key in PEM form; one begins with " +
        "-----BEGIN PRIVATE KEY-----.",
        _certificates.ChainPem,
        _certificates.ChainPem);

    [Fact]
    public void An_encrypted_key_is_told() => AssertRefused(
        $"f: httpsConfig.ssl_key_file is {PathOf("ssl.key")}, which holds a key with a password; take that off, as " +
        "\"openssl pkey -in OLD -out NEW\" does.",
        _certificates.ChainPem,
        _certificates.Key.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)));

    [Fact]
    public void An_old_encrypted_key_is_told() => AssertRefused(
        $"f: httpsConfig.ssl_key_file is {PathOf("ssl.key")}, which holds a key with a password; take that off, as " +
        "\"openssl pkey -in OLD -out NEW\" does.",
        _certificates.ChainPem,
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----");

    [Theory]
    [InlineData("another key of the same kind")]
    [InlineData("a key of another kind")]
    [InlineData("a broken key")]
    public void A_key_that_does_not_belong_to_the_certificate_is_told(string kind)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var key = kind switch
        {
            "a key of another kind" => rsa.ExportPkcs8PrivateKeyPem(),
            "a broken key" => "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            _ => ec.ExportPkcs8PrivateKeyPem(),
        };

        AssertRefused(
            $"f: httpsConfig.ssl_key_file is {PathOf("ssl.key")}, which holds no key that belongs to the first certificate in " +
            $"{PathOf("ssl.crt")}; take both from the same issue, RSA or EC, the server's own certificate before those it is " +
            "signed with.",
            _certificates.ChainPem,
            key);
    }

    private static EndpointConfig Endpoint { get; } = new("f: httpsConfig", "f: httpsConfig.port", 0, null);

    private string PathOf(string name) => Path.Combine(_folder.Path, name);

    private ServerCertificate Load(string certificate, string key)
    {
        _folder.Write("ssl.crt", certificate);
        _folder.Write("ssl.key", key);
        return PublicCertificate.Load(new SecureEndpointConfig(Endpoint, "ssl.key", "ssl.crt"), _folder.Path, TimeProvider.System).Current;
    }

    private static void AssertMessage(string message, Action load) =>
        Assert.Equal(message, Assert.Throws<StartupException>(load).Message);

    private void AssertRefused(string message, string certificate, string key) =>
        AssertMessage(message, () => Load(certificate, key));

    private void AssertRefused(string message, SecureEndpointConfig config) =>
        AssertMessage(message, () => PublicCertificate.Load(config, _folder.Path, TimeProvider.System));
}
