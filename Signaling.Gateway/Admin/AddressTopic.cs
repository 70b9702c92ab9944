using Akka.Actor;
using Signaling.Actors.Connections;
using Signaling.Actors.Hosting;
using Signaling.Gateway.Desk;
using Signaling.Gateway.Sessions;

namespace Signaling.Gateway.Admin;

/// <summary>Who holds an address on each node, and the links that they have by it.</summary>
internal sealed class AddressTopic(IServiceProvider services) : DeskTopic<AddressQuestion, AddressAnswer>("address")
{
    private const int MostLinks = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    protected override async Task<AddressAnswer> AnswerAsync(AddressQuestion question)
    {
        var system = services.GetRequiredService<ActorSystem>();
        using var patience = new CancellationTokenSource(Patience);
        var standings = await SignalingActors.StandingsOfAsync(system, patience.Token);
        var holders = standings.Where(standing => string.Equals(standing.Key, question.Key, StringComparison.Ordinal)).ToArray();
        var reports = await Task.WhenAll(holders.Select(holder => SignalingActors.PeerOfAsync(system, holder.Name.Connection, Patience)));
        return new AddressAnswer([.. reports.OfType<PeerReport>().Select(report => new AddressHolder(
            PeerName.Of(report.Peer),
            report.App,
            [.. report.Links.Where(link => string.Equals(link.Key, question.Key, StringComparison.Ordinal)).Take(MostLinks).Select(Tell)]))]);
    }

    private static AddressLink Tell(LinkReport link) => new(
        PeerName.Of(link.Other), link.Link.Initiator != link.Other, link.IsStraight, link.Sent, link.Received);
}

/// <summary>Asks for an address by its key.</summary>
internal sealed record AddressQuestion(string Key);

/// <summary>What a node knows of it.</summary>
internal sealed record AddressAnswer(IReadOnlyList<AddressHolder> Holders);

/// <summary>A peer that holds an address.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="App">The app's path.</param>
/// <param name="Links">Its links there.</param>
internal sealed record AddressHolder(PeerName Peer, string App, IReadOnlyList<AddressLink> Links);

/// <summary>A link of a holder.</summary>
/// <param name="Other">Who is at its other end.</param>
/// <param name="IsOwn">Whether the holder has asked for it, as those do who join a shared address.</param>
/// <param name="IsStraight">Whether it goes straight to the other end, since its address was silent.</param>
/// <param name="Sent">What the holder has sent over it.</param>
/// <param name="Received">What the holder was sent.</param>
internal sealed record AddressLink(PeerName Other, bool IsOwn, bool IsStraight, Count Sent, Count Received);
