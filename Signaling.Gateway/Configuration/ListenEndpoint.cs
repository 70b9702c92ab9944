using System.Net;
using Signaling.Gateway.Certificates;

namespace Signaling.Gateway.Configuration;

/// <summary>One address and port to listen on.</summary>
/// <param name="Config">What configures it.</param>
/// <param name="Address">The address; null: all, IPv6 ones where the machine has them.</param>
/// <param name="Certificate">What TLS is spoken with; null: no TLS.</param>
/// <param name="IsInternal">Whether it is for who runs the service, not for peers.</param>
internal sealed record ListenEndpoint(
    EndpointConfig Config, IPAddress? Address, ServerCertificate? Certificate, bool IsInternal = false)
{
    /// <summary>When its certificate runs out; null: there is none.</summary>
    public CertificateInUse? InUse => Certificate is null
        ? null
        : new CertificateInUse(CertificateInUse.Public, $"{Config.Origin}.ssl_cert_file", new DateTimeOffset(Certificate.Leaf.NotAfter));
}
