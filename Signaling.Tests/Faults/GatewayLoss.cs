using Signaling.Actors.Protocol;
using Xunit;
using Xunit.Abstractions;

namespace Signaling.Tests.Faults;

/// <summary>A gateway goes and takes its peers' sockets with it.</summary>
internal static class GatewayLoss
{
    private const int Conversations = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the gateway out of a whole cluster.</summary>
    /// <param name="cluster">Of three nodes.</param>
    /// <param name="victim">The gateway.</param>
    /// <param name="output">Where its figures go.</param>
    /// <param name="name">Their name.</param>
    /// <param name="takeOut">What is done to it; ends when its process has.</param>
    public static async Task RunAsync(
        FaultCluster cluster, ClusterNode victim, ITestOutputHelper output, string name, Func<Task> takeOut)
    {
        ClusterNode[] others = [.. cluster.Nodes.Where(node => node != victim)];
        var turn = Moment.Now.Ticks;
        string[] addresses = [.. Enumerable.Range(0, Conversations).Select(i => $"{name} {turn} {i}")];
        await using var hit = await ConversationLoad.StartAsync(Seating.Between(victim, others[0], addresses), Seating.Steadily);
        await using var spared = await ConversationLoad.StartAsync(
            Seating.Between(others[0], others[1], addresses.Select(address => $"{address} spared")), Seating.Steadily);
        var victims = victim.App(FaultCluster.App);
        string[] orphaned = [.. hit.Conversations.Where(one => one.Seats.Host == victims).Select(one => one.Seats.Address)];
        spared.Forget();

        var fault = Moment.Now;
        await takeOut();
        var free = await Task.WhenAll(orphaned.Select((address, i) => FreeAgainAsync(others[i % 2], address, fault)));
        Speaker[] left = [.. hit.Conversations.Select(one => one.Seats.Host == victims ? one.Guest : one.Host)];
        await Task.WhenAny(Task.WhenAll(left.Select(speaker => speaker.Over)), Task.Delay(Promises.ToldOver));
        var hitReport = await hit.StopAsync();
        var sparedReport = await spared.StopAsync();

        TimeSpan[] told = [.. left.Where(speaker => speaker.ToldOver is not null).Select(speaker => speaker.ToldOver!.Value - fault)];
        output.Say(
            name,
            [
                ("victim", victim.Number), ("partners", left.Length), ("told", told.Length), ("told_after", told.DefaultIfEmpty().Max()),
                ("addresses", orphaned.Length), ("free_again", free.Count(time => time is not null)), ("free_after", free.Max() ?? TimeSpan.Zero),
                ("gaps", hitReport.Lost), ("hit_duplicates", hitReport.Duplicates), .. sparedReport.Figures,
            ]);
        Assert.Equal(left.Length, told.Length);
        Assert.InRange(told.Max(), TimeSpan.Zero, Promises.ToldOver);
        Assert.All(free, time => Assert.InRange(time ?? TimeSpan.MaxValue, TimeSpan.Zero, Promises.AddressesFree));
        hitReport.AssertIntact();
        sparedReport.AssertUndisturbed();
    }

    // Null where nobody gets it any more.
    private static async Task<TimeSpan?> FreeAgainAsync(ClusterNode node, string address, Moment since)
    {
        using var peer = await QueuedPeer.ConnectAsync(node.App(FaultCluster.App), Promises.Answer);
        using var again = new PeriodicTimer(Pause);
        while (since.Ago < Promises.AddressesFree * 2)
        {
            await peer.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, address));
            var answer = await peer.NextAsync(Promises.AddressesFree);
            if (answer is { Type: EventType.ServerInitialized })
                return since.Ago;
            if (answer is null or { End: not null })
                return null;
            await again.WaitForNextTickAsync();
        }

        return null;
    }
}
