using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;
using Microsoft.Extensions.Options;
using Signaling.Actors.Hosting;
using Signaling.Gateway.ClusterPort;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway.Node;

/// <summary>
/// Joins the cluster before the first socket is accepted: alone where no seeds are named, else by them. A node that does not
/// get in ends, so that its supervisor starts it afresh: one that has begun a cluster of its own never joins another.
/// </summary>
internal sealed class NodeMembership(
    ActorSystem system,
    IOptions<SignalingOptions> options,
    ClusterContract contract,
    Disagreements disagreements,
    TimeProvider time,
    ILogger<NodeMembership> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Tokens are replicated from the first moment on, or the others would wait for this node in vain.
        DistributedData.Get(system);

        var cluster = Cluster.Get(system);
        contract.MembersAreOf(cluster);
        var node = options.Value.Node;
        var serving = UntilServingAsync(cluster, cancellationToken);
        var alone = node.Seeds.Count == 0 || node.IsAlone;
        if (alone)
            cluster.Join(cluster.SelfAddress);

        NodeLog.Joining(logger, cluster.SelfAddress, alone ? "itself" : string.Join(", ", node.Seeds));
        try
        {
            if (await Task.WhenAny(serving, disagreements.Everywhere).WaitAsync(node.JoinTimeout, time, cancellationToken) != serving)
                throw Refused();
            await serving;
        }
        catch (Exception e) when (e is TimeoutException || (e is not StartupException && system.WhenTerminated.IsCompleted))
        {
            throw disagreements.Described is null ? NotJoined(cluster, node) : Refused();
        }

        NodeLog.Up(logger, cluster.SelfAddress);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Completes when the node is a member and may serve; fails when its actors end.</summary>
    private async Task UntilServingAsync(Cluster cluster, CancellationToken cancellation)
    {
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.RegisterOnMemberUp(() => up.TrySetResult());
        if (await Task.WhenAny(up.Task, system.WhenTerminated) != up.Task)
            throw new OperationCanceledException("The actors have ended.");

        // The others renew its lease as soon as they know that it is a member.
        await SignalingActors.LeaseOf(system).Begun.WaitAsync(cancellation);
    }

    private StartupException Refused() =>
        new($"The node can't be in one cluster with those that it was to join. {disagreements.Described}.") { ExitCode = ExitCodes.Refused };

    private static StartupException NotJoined(Cluster cluster, NodeOptions node)
    {
        var seconds = node.JoinTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        var known = cluster.State.Members.Count;
        var why = known == 0
            ? $"none of the seeds ({string.Join(", ", node.Seeds)}) has let it in; see that they run, and that they and " +
              $"{node.Host}:{cluster.SelfAddress.Port} reach each other"
            : known < node.Majority
                ? $"it has met {known} of the {node.Majority} nodes that it takes; start the others, and see that they reach each other"
                : $"the {known} nodes of the cluster do not all reach each other, or have not renewed its lease; see their logs";
        return new StartupException($"The node did not become a member of its cluster within {seconds} s: {why}.")
        {
            ExitCode = ExitCodes.NotJoined,
        };
    }
}
