using Signaling.Tests.Faults;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>How a cluster that was just installed came up: since the install, when the last of its pods was so far.</summary>
internal sealed record PodStart
{
    /// <summary>Its network, its files and its process were there, and it asked the seeds.</summary>
    public required TimeSpan Joining { get; init; }

    /// <summary>It was a member of the cluster, and held its lease.</summary>
    public required TimeSpan Member { get; init; }

    /// <summary>Its sockets were open.</summary>
    public required TimeSpan Serving { get; init; }

    /// <summary>Its startup and readiness probes had held.</summary>
    public required TimeSpan Ready { get; init; }

    /// <summary>The service sent peers to all, and they had been ready for <c>minReadySeconds</c>.</summary>
    public required TimeSpan InService { get; init; }

    /// <summary>The first call worked whose peers were at two of them.</summary>
    public required TimeSpan FirstCall { get; init; }

    public (string Name, object Value)[] Figures =>
    [
        ("joining", Joining), ("member", Member), ("serving", Serving), ("ready", Ready), ("in_service", InService), ("first_call", FirstCall),
    ];

    /// <summary>Watches a start to its end.</summary>
    public static async Task<PodStart> WatchAsync(PodCluster cluster, Moment start)
    {
        var called = FirstCallAsync(cluster);
        await cluster.RolledOutAsync();
        var inService = start.Ago;
        return new PodStart
        {
            Joining = cluster.Pods.Max(pod => pod.Said("joins the cluster") - start),
            Member = cluster.Pods.Max(pod => pod.Said("is up.") - start),
            Serving = cluster.Pods.Max(pod => pod.Said("listening on") - start),
            Ready = cluster.Pods.Max(pod => pod.ReadySince!.Value - start),
            InService = inService,
            FirstCall = await called - start,
        };
    }

    private static async Task<Moment> FirstCallAsync(PodCluster cluster)
    {
        var (host, guest) = (cluster.Pods[0], cluster.Pods[^1]);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; ; i++)
        {
            cluster.ThrowIfFailed();
            var (outcome, _) = await Call.MakeAsync(host.App(FaultCluster.App), guest.App(FaultCluster.App), $"first {i}");
            if (outcome == CallOutcome.Worked)
                return Moment.Now;
            await again.WaitForNextTickAsync();
        }
    }
}
