using Akka.Actor.Setup;

namespace Signaling.Gateway.ClusterPort;

/// <summary>What <see cref="NodeTransport"/> needs, for Akka makes it by its name.</summary>
internal sealed class NodeTransportSetup(IHandshake handshake, ILoggerFactory loggers, TimeProvider time) : Setup
{
    public IHandshake Handshake { get; } = handshake;

    public ILogger Logger { get; } = loggers.CreateLogger<NodeTransport>();

    public TimeProvider Time { get; } = time;
}
