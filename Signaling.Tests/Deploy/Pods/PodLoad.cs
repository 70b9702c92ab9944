using Signaling.Tests.Faults;
using Xunit;

namespace Signaling.Tests.Deploy.Pods;

/// <summary>Peers that come in by the service while pods come and go: conversations that go on, and new calls.</summary>
internal sealed class PodLoad : IAsyncDisposable
{
    private const int Conversations = 20;
    private const int GoingAway = 1001;

    private static int _turn;

    private readonly ConversationLoad _conversations;
    private readonly CallLoad _calls;

    private PodLoad(ConversationLoad conversations, CallLoad calls) => (_conversations, _calls) = (conversations, calls);

    public static async Task<PodLoad> StartAsync(PodCluster cluster, int conversations = Conversations)
    {
        var entrance = cluster.Service.App(FaultCluster.App);
        var turn = Interlocked.Increment(ref _turn);
        var seats = Enumerable.Range(0, conversations).Select(i => new Seats(entrance, entrance, $"pods {turn} {i}"));
        var load = await ConversationLoad.StartAsync(seats, Seating.Steadily, renew: true);
        return new PodLoad(load, CallLoad.Start(entrance));
    }

    /// <summary>Ends it: nothing was lost, and all calls worked at their second try.</summary>
    /// <param name="say">Is told what came of it.</param>
    /// <param name="orderly">All nodes that ended were asked to.</param>
    public async Task StopAsync(Action<IEnumerable<(string Name, object Value)>> say, bool orderly = true)
    {
        await _calls.StopAsync();
        var report = await _conversations.StopAsync();
        PeerEnd[] ends =
        [
            .. _conversations.Conversations.SelectMany(one => new[] { one.Host.End, one.Guest.End }).OfType<PeerEnd>()
                .Where(end => end is not { Reason: "left" }),
        ];
        say(
        [
            ("closed_1001", ends.Count(end => end.Status == GoingAway)), ("closed_otherwise", ends.Count(end => end.Status != GoingAway)),
            .. report.Figures, .. _calls.Figures,
        ]);
        report.AssertIntact();
        Assert.InRange(report.HoldUp, TimeSpan.Zero, Promises.HoldUp * Promises.Slack);
        if (orderly)
        {
            Assert.All(ends, end => Assert.Equal(GoingAway, end.Status));
            _calls.AssertAllWorked();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _calls.DisposeAsync();
        await _conversations.DisposeAsync();
    }
}
