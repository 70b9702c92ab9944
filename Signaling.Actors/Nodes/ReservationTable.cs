using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>The reservations that the connections of this node hold: the truth that every roll call asks for.</summary>
internal sealed class ReservationTable
{
    private readonly Dictionary<ConnectionUid, Standing[]> _ofConnection = [];
    private readonly Dictionary<ReservationName, Standing>?[] _inShard = new Dictionary<ReservationName, Standing>?[Shards.Count];
    private readonly ReservationDigest[] _digests = new ReservationDigest[Shards.Count];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>A reservation by its name, if it stands.</summary>
    public Standing? Find(ReservationName name)
    {
        foreach (var standing in Of(name.Connection))
        {
            if (standing.Name == name)
                return standing;
        }

        return null;
    }

    /// <summary>The reservations of a connection: one, as a rule.</summary>
    public Standing[] Of(ConnectionUid connection) =>
        _ofConnection.GetValueOrDefault(connection, []);

    /// <summary>The reservations in a shard. After a promise their number only falls until the roll has been called.</summary>
    public IReadOnlyCollection<Standing> In(int shard) => _inShard[shard]?.Values ?? (IReadOnlyCollection<Standing>)[];

    public ReservationDigest DigestOf(int shard) => _digests[shard];

    /// <summary>All of them.</summary>
    public Standing[] ToArray() => [.. _ofConnection.Values.SelectMany(standings => standings)];

    /// <summary>Adds a reservation, or takes its newer rank.</summary>
    public void Add(Standing standing)
    {
        Remove(standing.Name);
        var shard = Shards.Of(standing.Key);
        (_inShard[shard] ??= []).Add(standing.Name, standing);
        _digests[shard] = _digests[shard].With(standing.Name);
        _ofConnection[standing.Name.Connection] = [.. Of(standing.Name.Connection), standing];
        Count++;
    }

    /// <summary>Takes a reservation out.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(ReservationName name)
    {
        if (Find(name) is not { } standing)
            return false;

        var shard = Shards.Of(standing.Key);
        _inShard[shard]!.Remove(name);
        if (_inShard[shard]!.Count == 0)
            _inShard[shard] = null;
        _digests[shard] = _digests[shard].Without(name);
        var left = Of(name.Connection).Where(other => other != standing).ToArray();
        if (left.Length == 0)
            _ofConnection.Remove(name.Connection);
        else
            _ofConnection[name.Connection] = left;
        Count--;
        return true;
    }
}
