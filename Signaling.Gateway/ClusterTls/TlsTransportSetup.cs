using Akka.Actor.Setup;
using Signaling.Gateway.Certificates;

namespace Signaling.Gateway.ClusterTls;

/// <summary>What <see cref="TlsTransport"/> needs, for Akka makes it by its name.</summary>
internal sealed class TlsTransportSetup(NodeCertificate certificate, ILoggerFactory loggers, TimeProvider time) : Setup
{
    public NodeCertificate Certificate { get; } = certificate;

    public ILogger Logger { get; } = loggers.CreateLogger<TlsTransport>();

    public TimeProvider Time { get; } = time;
}
