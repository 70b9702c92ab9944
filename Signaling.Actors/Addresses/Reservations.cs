using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>The reservations of one address, in the order of their ranks, at most one of each connection.</summary>
/// <param name="effects">Where questions and changes go.</param>
internal sealed class Reservations(IAddressEffects effects)
{
    private readonly OrderedDictionary<ConnectionUid, Standing> _standing = [];
    private Dictionary<ConnectionUid, long>? _unconfirmed;

    public bool IsEmpty => _standing.Count == 0;

    public int Count => _standing.Count;

    /// <summary>The one with the lowest rank.</summary>
    public Standing First => _standing.GetAt(0).Value;

    /// <summary>When <see cref="Question"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due
    {
        get
        {
            var due = long.MaxValue;
            if (_unconfirmed is null)
                return due;

            foreach (var (_, at) in _unconfirmed)
                due = Math.Min(due, at);
            return due;
        }
    }

    public bool Contains(ReservationName name) => TryGet(name, out _);

    public bool TryGet(ReservationName name, out Standing standing) =>
        _standing.TryGetValue(name.Connection, out standing!) && standing.Name == name;

    /// <summary>The reservation, where there is exactly one.</summary>
    public bool TryGetOnly(out ReservationName name)
    {
        name = _standing.Count == 1 ? First.Name : default;
        return _standing.Count == 1;
    }

    /// <summary>Adds one that is granted now.</summary>
    /// <param name="standing">The reservation, of the highest rank.</param>
    /// <param name="question">When its node is to be asked whether it has arrived, in ms.</param>
    public void Add(Standing standing, long question)
    {
        _standing.Add(standing.Name.Connection, standing);
        (_unconfirmed ??= [])[standing.Name.Connection] = question;
        effects.Changed(standing.Name, stands: true);
    }

    /// <summary>The node of its connection has it.</summary>
    public void Confirm(ReservationName name)
    {
        if (Contains(name) && _unconfirmed?.Remove(name.Connection) is true && _unconfirmed.Count == 0)
            _unconfirmed = null;
    }

    public bool Remove(ReservationName name)
    {
        if (!Contains(name))
            return false;

        Confirm(name);
        _standing.Remove(name.Connection);
        effects.Changed(name, stands: false);
        return true;
    }

    /// <summary>Removes the one of a connection, if it has one.</summary>
    public void RemoveOf(ConnectionUid connection)
    {
        if (_standing.TryGetValue(connection, out var standing))
            Remove(standing.Name);
    }

    public void NodeLost(int node)
    {
        for (var i = _standing.Count - 1; i >= 0; i--)
        {
            if (_standing.GetAt(i) is var (connection, standing) && connection.Node == node)
                Remove(standing.Name);
        }
    }

    /// <summary>Forgets all, as the node does too.</summary>
    public void Clear()
    {
        _standing.Clear();
        _unconfirmed = null;
    }

    /// <summary>Puts what a roll call has brought in the place of what was known. Of two claims the lower rank stands.</summary>
    public void Replace(IReadOnlyList<Standing> standings)
    {
        Clear();
        foreach (var standing in standings)
        {
            if ((standing.Shared || IsEmpty) && _standing.TryAdd(standing.Name.Connection, standing))
                continue;

            effects.Changed(standing.Name, stands: false);
            effects.Tell(standing.Name.Connection.Node, new Revoked(standing.Name));
        }
    }

    /// <summary>Asks the nodes about grants that they have not confirmed.</summary>
    /// <param name="asker">This life of the address.</param>
    /// <param name="now">The time in ms.</param>
    public void Question(AddressUid asker, long now)
    {
        if (_unconfirmed is null)
            return;

        foreach (var (connection, at) in _unconfirmed)
        {
            if (at > now)
                continue;

            _unconfirmed[connection] = now + AddressState.QuestionTimeout;
            var standing = _standing[connection];
            effects.Tell(connection.Node, new HoldQuestion(standing.Name, standing.Rank, Contender: null, asker));
        }
    }

    /// <summary>The grant of a reservation, with those before it.</summary>
    public IEnumerable<Granted> Pages(Standing standing, AddressUid granter)
    {
        var total = _standing.IndexOf(standing.Name.Connection);
        var skip = 0;
        do
        {
            var page = new ReservationName[Math.Min(Granted.PageSize, total - skip)];
            for (var i = 0; i < page.Length; i++)
                page[i] = _standing.GetAt(skip + i).Value.Name;
            yield return new Granted(standing, granter, page, skip, total);
            skip += page.Length;
        }
        while (skip < total);
    }
}
