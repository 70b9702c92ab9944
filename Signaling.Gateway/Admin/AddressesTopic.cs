using Akka.Actor;
using Signaling.Actors.Hosting;
using Signaling.Gateway.Desk;
using Signaling.Gateway.Sessions;

namespace Signaling.Gateway.Admin;

/// <summary>Which addresses the peers of each node hold, by their keys. Nobody keeps the addresses themselves: they may be secrets.</summary>
internal sealed class AddressesTopic(IServiceProvider services) : DeskTopic<AddressesQuestion, AddressesAnswer>("addresses")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    protected override async Task<AddressesAnswer> AnswerAsync(AddressesQuestion question)
    {
        using var patience = new CancellationTokenSource(Patience);
        var standings = await SignalingActors.StandingsOfAsync(services.GetRequiredService<ActorSystem>(), patience.Token);
        return new AddressesAnswer(
            [.. standings.Where(standing => string.CompareOrdinal(standing.Key, question.After) > 0)
                .OrderBy(standing => standing.Key, StringComparer.Ordinal)
                .Take(question.Most)
                .Select(standing => new HeldAddress(standing.Key, PeerName.Of(standing.Name.Connection), standing.Shared))]);
    }
}

/// <summary>Asks for a page.</summary>
/// <param name="After">The last key of the page before; empty: the first page.</param>
/// <param name="Most">How many at most.</param>
internal sealed record AddressesQuestion(string After, int Most);

/// <summary>A page of what a node knows, in the order of their keys.</summary>
internal sealed record AddressesAnswer(IReadOnlyList<HeldAddress> Addresses);

/// <summary>An address that is held.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="Shared">Whether others may hold it too.</param>
internal sealed record HeldAddress(string Key, PeerName Holder, bool Shared);
