using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Tests.Gateway.Certificates;

/// <summary>A root, an intermediate and a server's certificate, all made for one test.</summary>
public sealed class TestCertificates
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    public TestCertificates(AsymmetricAlgorithm? key = null, DateTimeOffset? notAfter = null, DateTimeOffset? notBefore = null)
    {
        Key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Root", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Root = rootRequest.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));

        using var intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var intermediateRequest = new CertificateRequest("CN=Intermediate", intermediateKey, HashAlgorithmName.SHA256);
        intermediateRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Intermediate = intermediateRequest.Create(Root, Now.AddDays(-20), Now.AddDays(20), [1]);

        var leafRequest = Key is RSA rsa
            ? new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=localhost", (ECDsa)Key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        leafRequest.CertificateExtensions.Add(names.Build());
        var generator = X509SignatureGenerator.CreateForECDsa(intermediateKey);
        Leaf = leafRequest.Create(Intermediate.SubjectName, generator, notBefore ?? Now.AddDays(-10), notAfter ?? Now.AddDays(10), [2]);
    }

    public AsymmetricAlgorithm Key { get; }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    public X509Certificate2 Leaf { get; }

    public string KeyPem => Key.ExportPkcs8PrivateKeyPem();

    public string ChainPem => $"{Leaf.ExportCertificatePem()}\n{Intermediate.ExportCertificatePem()}\n";
}
