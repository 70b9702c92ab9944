using Signaling.Tests.Peers;

namespace Signaling.Tests.Faults;

/// <summary>
/// Peers of all nodes that want the same addresses: one on the node that is going to have trouble has each first and
/// means to keep it, the others give it back soon whenever they get it.
/// </summary>
internal sealed class Contest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Forever = TimeSpan.FromHours(1);

    private readonly List<Contender> _contenders = [];

    public HolderClaims Claims { get; } = new();

    /// <summary>Begins: each address is held by a peer of the troubled node when this returns.</summary>
    public static async Task<Contest> StartAsync(FaultCluster cluster, ClusterNode troubled, string name, int addresses)
    {
        var contest = new Contest();
        for (var i = 0; i < addresses; i++)
            contest.Add(troubled, $"{name} contended {i}", grants => grants == 0 ? Forever : Shortly(grants));
        await Task.WhenAll(contest._contenders.Select(keeper => keeper.Granted.WaitAsync(Patience)));
        foreach (var node in cluster.Running.ToArray())
        {
            for (var i = 0; i < addresses; i++)
                contest.Add(node, $"{name} contended {i}", Shortly);
        }

        return contest;
    }

    /// <summary>Ends it: all give back what they hold.</summary>
    /// <param name="passOn">Whether the addresses are to change hands once more before.</param>
    public async Task EndAsync(bool passOn)
    {
        var before = Claims.Count;
        if (passOn)
            await Eventually.BecomesAsync(() => Claims.Count, count => count > before + 1, Patience);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_contenders.Select(contender => contender.DisposeAsync().AsTask()));
        _contenders.Clear();
    }

    private static TimeSpan Shortly(int grants) => TimeSpan.FromMilliseconds(200 + (grants * 70 % 500));

    private void Add(ClusterNode node, string address, Func<int, TimeSpan> keep) =>
        _contenders.Add(new Contender(Claims, node.App(FaultCluster.App), node.Number, address, keep).Start());
}
