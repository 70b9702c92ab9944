using System.Net;
using Signaling.Gateway.Certificates;

namespace Signaling.Gateway.Configuration;

/// <summary>One address and port to listen on.</summary>
/// <param name="Config">What configures it.</param>
/// <param name="Address">The address; null: all, IPv6 ones where the machine has them.</param>
/// <param name="Certificate">What TLS is spoken with; null: no TLS.</param>
/// <param name="IsInternal">Whether it is for who runs the service, not for peers.</param>
internal sealed record ListenEndpoint(
    EndpointConfig Config, IPAddress? Address, PublicCertificate? Certificate, bool IsInternal = false);
