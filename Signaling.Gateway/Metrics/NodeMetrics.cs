using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Signaling.Gateway.Draining;
using Signaling.Gateway.Health;
using Signaling.Gateway.Sockets;

namespace Signaling.Gateway.Metrics;

/// <summary>
/// How the node is at this moment. Who reads the figures asks nobody: whether the node's addresses answer, which its health
/// check asks them, is looked at every few seconds, and only while somebody reads.
/// </summary>
internal sealed class NodeMetrics : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly NodeReady _check;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Instrument _ready;
    private volatile bool _passed;

    public NodeMetrics(
        IMeterFactory factory, ActorSystem system, OpenSockets sockets, NodeReady check, INodeDrain drain, TimeProvider time)
    {
        (_check, _time) = (check, time);
        var cluster = Cluster.Get(system);
        _meter = factory.Create(SocketMetrics.MeterName);
        _meter.CreateObservableUpDownCounter("signaling.sockets.open", () => (long)sockets.Count, "{socket}", "Sockets of peers that are open.");
        _ready = _meter.CreateObservableGauge(
            "signaling.node.ready", () => Flag(_passed && check.Obstacle is null), unit: null, "1: peers may be sent to the node; 0: they may not.");
        _meter.CreateObservableGauge(
            "signaling.node.draining", () => Flag(drain.IsDraining), unit: null, "1: the node is about to stop; 0: it is not.");
        _meter.CreateObservableGauge(
            "signaling.cluster.members", () => cluster.State.Members.Count, "{node}", "Nodes of the cluster, this one included, as it sees them.");
        _meter.CreateObservableGauge(
            "signaling.cluster.unreachable", () => cluster.State.Unreachable.Count, "{node}", "Nodes of the cluster that this one, or another, does not reach.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        do
        {
            if (_ready.Enabled)
                _passed = await PassesAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> PassesAsync(CancellationToken cancellation)
    {
        try
        {
            var result = await _check.CheckHealthAsync(new HealthCheckContext(), cancellation);
            return result.Status == HealthStatus.Healthy;
        }
        catch (Exception)
        {
            return false; // as a probe would be told
        }
    }

    private static int Flag(bool value) => value ? 1 : 0;
}
