using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Signaling.Actors.Connections;
using Signaling.Actors.Hosting;
using Signaling.Actors.Messages;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Desk;
using Signaling.Gateway.Draining;
using Signaling.Gateway.Health;
using Signaling.Gateway.Limits;
using Signaling.Gateway.Metrics;
using Signaling.Gateway.Sockets;

namespace Signaling.Gateway.Admin;

/// <summary>How each node is.</summary>
internal sealed class NodeTopic(IServiceProvider services, TimeProvider time) : DeskTopic<NodeQuestion, NodeReport>("node")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly long _start = time.GetTimestamp();

    protected override async Task<NodeReport> AnswerAsync(NodeQuestion question)
    {
        var system = services.GetRequiredService<ActorSystem>();
        var cluster = Cluster.Get(system);
        var (lease, drain, ready) = (services.GetRequiredService<ILease>(), services.GetRequiredService<INodeDrain>(), services.GetRequiredService<NodeReady>());
        using var patience = new CancellationTokenSource(Patience, time);
        var status = await SignalingActors.StatusOfAsync(system, patience.Token);
        var shards = await SignalingActors.AddressesOf(system).Ask<CurrentShardRegionState>(GetShardRegionState.Instance, patience.Token);
        return new NodeReport(
            cluster.SelfUniqueAddress.Uid,
            string.Create(CultureInfo.InvariantCulture, $"{cluster.SelfAddress.Host}:{cluster.SelfAddress.Port}"),
            typeof(NodeTopic).Assembly.GetName().Version!.ToString(3),
            cluster.SelfMember.Status.ToString(),
            ready.Obstacle,
            lease.IsHeld,
            drain.IsDraining,
            services.GetRequiredService<HoldBack>().IsOn,
            services.GetRequiredService<OpenSockets>().Count,
            status.Reservations,
            [.. shards.Shards.Select(shard => int.Parse(shard.ShardId, CultureInfo.InvariantCulture)).Order()],
            [.. cluster.State.Members.Select(member => member.UniqueAddress.Uid).Order()],
            [.. services.GetRequiredService<AppMetrics>().All.Select(Report)],
            [.. services.GetRequiredService<CertificatesInUse>().All.Select(one => new CertificateReport(one.Use, one.NotAfter))],
            LimitReport.Of(services.GetRequiredService<LimitsInForce>()),
            time.GetElapsedTime(_start).TotalSeconds,
            Environment.WorkingSet,
            services.GetRequiredService<SocketMetrics>().Refusals);
    }

    private static AppReport Report(AppFigures app)
    {
        var said = Enum.GetValues<RelayWay>().Select(app.Traffic.By).ToArray();
        FailureReport[] failures = [.. app.Failures.Select(one => new FailureReport(one.Reason.ToString(), one.Count))];
        return new AppReport(
            app.App, app.Addresses, app.Links, said.Sum(count => count.Messages), said.Sum(count => count.Bytes), failures.Length > 0 ? failures : null);
    }
}

/// <summary>Asks how a node is.</summary>
internal sealed record NodeQuestion;
