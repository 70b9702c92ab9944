using Akka.Actor.Setup;
using Signaling.Gateway.Metrics;

namespace Signaling.Gateway.ClusterPort;

/// <summary>What <see cref="NodeTransport"/> needs, for Akka makes it by its name.</summary>
internal sealed class NodeTransportSetup(
    IHandshake handshake,
    ClusterContract contract,
    Disagreements disagreements,
    ClusterPortMetrics metrics,
    ILoggerFactory loggers,
    TimeProvider time) : Setup
{
    public IHandshake Handshake { get; } = handshake;

    public ClusterContract Contract { get; } = contract;

    public Disagreements Disagreements { get; } = disagreements;

    public ILogger Logger { get; } = loggers.CreateLogger<NodeTransport>();

    public Refusals Refusals { get; } = new(metrics, time);
}
