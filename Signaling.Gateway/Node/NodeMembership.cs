using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;
using Microsoft.Extensions.Options;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Node;

/// <summary>
/// Joins the cluster before the first socket is accepted: alone where no seeds are named, else by them, for as long as
/// it takes.
/// </summary>
internal sealed class NodeMembership(ActorSystem system, IOptions<SignalingOptions> options, ILogger<NodeMembership> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Tokens are replicated from the first moment on, or the others would wait for this node in vain.
        DistributedData.Get(system);

        var cluster = Cluster.Get(system);
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.RegisterOnMemberUp(up.SetResult);

        var node = options.Value.Node;
        var alone = node.Seeds.Count == 0 || !string.Equals(node.Profile, "static", StringComparison.Ordinal);
        if (alone)
            cluster.Join(cluster.SelfAddress);

        NodeLog.Joining(logger, cluster.SelfAddress, alone ? "itself" : string.Join(", ", node.Seeds));
        await up.Task.WaitAsync(cancellationToken);
        NodeLog.Up(logger, cluster.SelfAddress);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
