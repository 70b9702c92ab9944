using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Signaling.Gateway.Configuration;
using Signaling.Tests.Gateway;

namespace Signaling.Tests.Deploy.Chart;

/// <summary>What a node of a render finds below <c>/etc/signaling</c>: its configuration, and what Secrets would hold.</summary>
internal sealed class PodFolder : IDisposable
{
    private const string Mount = "/etc/signaling";
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Reads the configuration of a node as the node itself does.</summary>
    /// <param name="render">The render.</param>
    /// <param name="ordinal">Which node.</param>
    /// <param name="warnings">Takes the warnings.</param>
    public GatewayConfiguration Load(Render render, int ordinal, List<string> warnings)
    {
        _folder.Write("config.json", Here(render.Config));
        _folder.Write("admin-token/token", "an admin's token");
        _folder.Write("ice/secret", "the TURN servers' secret");
        WriteCertificates($"*.{render.Nodes.Spec.ServiceName}.{render.Nodes.Metadata.NamespaceProperty}.svc.{DomainOf(render)}");
        var environment = PodEnvironment.Of(render, ordinal).ToDictionary(one => one.Key, one => Here(one.Value), StringComparer.Ordinal);
        return new ConfigurationLoader(environment, _folder.Path, TimeProvider.System).Load(new StartArguments(), warnings);
    }

    private static string DomainOf(Render render) => PodEnvironment.Of(render, 0)["SIGNALING__NODE__HOST"].Split(".svc.")[1];

    private string Here(string text) => text.Replace(Mount, _folder.Path, StringComparison.Ordinal);

    private void WriteCertificates(string nodes)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=signaling nodes", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var authority = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(100));

        foreach (var folder in new[] { "tls", "cluster-tls" })
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var certificate = Sign(key, nodes, authority);
            _folder.Write($"{folder}/tls.crt", certificate.ExportCertificatePem());
            _folder.Write($"{folder}/tls.key", key.ExportPkcs8PrivateKeyPem());
            _folder.Write($"{folder}/ca.crt", authority.ExportCertificatePem());
        }

        _folder.Write("cluster-ca/ca.crt", authority.ExportCertificatePem());
    }

    private static X509Certificate2 Sign(ECDsa key, string name, X509Certificate2 authority)
    {
        var request = new CertificateRequest("", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build(critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request.Create(authority, Now.AddDays(-1), Now.AddDays(90), [1, 2, 3, 4]);
    }
}
