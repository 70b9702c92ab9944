using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>For each shard the latest roll call that this node has answered: it takes no grant of an earlier one from then on.</summary>
/// <param name="membership">Whose calls are answered.</param>
/// <param name="lost">Who is removed and not lost.</param>
/// <param name="table">The reservations of this node.</param>
/// <param name="effects">Where the answers go.</param>
internal sealed class Promises(Membership membership, LostNodes lost, ReservationTable table, INodeEffects effects)
{
    private readonly Incarnation[] _ofShard = new Incarnation[Shards.Count];

    /// <summary>This node calls a roll itself, above all that it has promised.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="above">The number that another node has promised; 0 if none is known.</param>
    public Incarnation Next(int shard, long above) =>
        _ofShard[shard] = new Incarnation(Math.Max(_ofShard[shard].Number, above) + 1, membership.Self);

    /// <summary>Answers another node's call.</summary>
    /// <returns>Whether it is promised.</returns>
    public bool Answer(RollCall call)
    {
        var (shard, incarnation) = call;
        if (membership.HasLeft(incarnation.Node))
            return false; // nothing that it grants counts, and a promise would lock out who comes after it

        if (Refuses(shard, incarnation))
            return false;

        // Who calls may have joined since a node was removed, and not know that what that one holds still stands.
        if (lost.Waiting.Count > 0)
            return false;

        _ofShard[shard] = incarnation;
        var standings = table.In(shard);
        if (standings.Count == 0)
            effects.Tell(incarnation.Node, new RollAnswer(membership.Self, shard, incarnation, [], 0, 0));

        var skip = 0;
        foreach (var page in standings.Chunk(RollAnswer.PageSize))
        {
            effects.Tell(incarnation.Node, new RollAnswer(membership.Self, shard, incarnation, page, skip, standings.Count));
            skip += page.Length;
        }

        return true;
    }

    /// <summary>
    /// Whether a later roll call has been answered than the one that somebody acts by. Its caller is told: where the later
    /// call was given up half-way, that is how the shard's home learns that it has to call above it.
    /// </summary>
    public bool Refuses(int shard, Incarnation incarnation)
    {
        if (incarnation >= _ofShard[shard])
            return false;

        if (incarnation.Node != membership.Self)
            effects.Tell(incarnation.Node, new RollRefused(membership.Self, shard, incarnation, _ofShard[shard]));
        return true;
    }
}
