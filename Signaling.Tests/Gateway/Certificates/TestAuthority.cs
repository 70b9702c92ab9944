using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Tests.Gateway.Certificates;

/// <summary>A CA of a test's own that issues whatever it is asked for.</summary>
internal sealed class TestAuthority
{
    public static readonly string[] BothUsages = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];
    public static readonly string[] ServerOnly = ["1.3.6.1.5.5.7.3.1"];
    public static readonly string[] ClientOnly = ["1.3.6.1.5.5.7.3.2"];

    private readonly ECDsa _key;

    public TestAuthority(string name = "Test CA", DateTimeOffset? notAfter = null)
    {
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Certificate = RequestOf(name, _key).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-100), notAfter ?? DateTimeOffset.UtcNow.AddDays(1000));
    }

    private TestAuthority(X509Certificate2 certificate, ECDsa key) => (Certificate, _key) = (certificate, key);

    public X509Certificate2 Certificate { get; }

    /// <summary>A CA that lies in files.</summary>
    public static TestAuthority Read(string certificate, string key)
    {
        var ec = ECDsa.Create();
        ec.ImportFromPem(File.ReadAllText(key));
        return new TestAuthority(X509CertificateLoader.LoadCertificateFromFile(certificate), ec);
    }

    /// <summary>A CA that is signed with this one.</summary>
    public TestAuthority IssueCa(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TestAuthority(Sign(RequestOf(name, key), DateTimeOffset.UtcNow.AddDays(900)), key);
    }

    /// <summary>A certificate with its key.</summary>
    public X509Certificate2 Issue(string[] names, string[]? usages = null, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        if (names.Length > 0)
            request.CertificateExtensions.Add(alternatives.Build());
        var oids = new OidCollection();
        foreach (var usage in usages ?? BothUsages)
            oids.Add(new Oid(usage));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, critical: false));
        using var certificate = Sign(request, notAfter ?? DateTimeOffset.UtcNow.AddDays(90), notBefore);
        return certificate.CopyWithPrivateKey(key);
    }

    private static CertificateRequest RequestOf(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset notAfter, DateTimeOffset? notBefore = null) => request.Create(
        Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), notBefore ?? DateTimeOffset.UtcNow.AddDays(-10), notAfter,
        RandomNumberGenerator.GetBytes(8));
}
