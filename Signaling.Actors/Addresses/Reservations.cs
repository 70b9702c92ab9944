using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>The reservations of one address, in the order of their ranks, at most one of each connection.</summary>
/// <param name="effects">Where questions and changes go.</param>
internal sealed class Reservations(IAddressEffects effects)
{
    private readonly OrderedDictionary<ReservationName, Standing> _byName = [];
    private readonly Dictionary<ConnectionUid, ReservationName> _byConnection = [];
    private readonly Dictionary<ReservationName, long> _unconfirmed = [];

    public bool IsEmpty => _byName.Count == 0;

    /// <summary>The one with the lowest rank.</summary>
    public Standing First => _byName.GetAt(0).Value;

    /// <summary>When <see cref="Question"/> is to be called, in ms; <see cref="long.MaxValue"/>: not at all.</summary>
    public long Due
    {
        get
        {
            var due = long.MaxValue;
            foreach (var (_, at) in _unconfirmed)
                due = Math.Min(due, at);
            return due;
        }
    }

    public bool Contains(ReservationName name) => _byName.ContainsKey(name);

    public bool TryGet(ReservationName name, out Standing standing) => _byName.TryGetValue(name, out standing!);

    /// <summary>The reservation, where there is exactly one.</summary>
    public bool TryGetOnly(out ReservationName name)
    {
        name = _byName.Count == 1 ? First.Name : default;
        return _byName.Count == 1;
    }

    /// <summary>Adds one that is granted now.</summary>
    /// <param name="standing">The reservation, of the highest rank.</param>
    /// <param name="question">When its node is to be asked whether it has arrived, in ms.</param>
    public void Add(Standing standing, long question)
    {
        Put(standing);
        _unconfirmed[standing.Name] = question;
        effects.Changed(standing.Name, stands: true);
    }

    /// <summary>The node of its connection has it.</summary>
    public void Confirm(ReservationName name) => _unconfirmed.Remove(name);

    public bool Remove(ReservationName name)
    {
        if (!_byName.Remove(name))
            return false;

        _byConnection.Remove(name.Connection);
        _unconfirmed.Remove(name);
        effects.Changed(name, stands: false);
        return true;
    }

    /// <summary>Removes the one of a connection, if it has one.</summary>
    public void RemoveOf(ConnectionUid connection)
    {
        if (_byConnection.TryGetValue(connection, out var name))
            Remove(name);
    }

    public void NodeLost(int node)
    {
        for (var i = _byName.Count - 1; i >= 0; i--)
        {
            if (_byName.GetAt(i).Key is var name && name.Connection.Node == node)
                Remove(name);
        }
    }

    /// <summary>Forgets all, as the node does too.</summary>
    public void Clear()
    {
        _byName.Clear();
        _byConnection.Clear();
        _unconfirmed.Clear();
    }

    /// <summary>Puts what a roll call has brought in the place of what was known. Of two claims the lower rank stands.</summary>
    public void Replace(IReadOnlyList<Standing> standings)
    {
        Clear();
        foreach (var standing in standings)
        {
            if ((standing.Shared || IsEmpty) && !_byConnection.ContainsKey(standing.Name.Connection))
            {
                Put(standing);
                continue;
            }

            effects.Changed(standing.Name, stands: false);
            effects.Tell(standing.Name.Connection.Node, new Revoked(standing.Name));
        }
    }

    /// <summary>Asks the nodes about grants that they have not confirmed.</summary>
    /// <param name="asker">This life of the address.</param>
    /// <param name="now">The time in ms.</param>
    public void Question(AddressUid asker, long now)
    {
        foreach (var (name, at) in _unconfirmed)
        {
            if (at > now)
                continue;

            _unconfirmed[name] = now + AddressState.QuestionTimeout;
            effects.Tell(name.Connection.Node, new HoldQuestion(name, _byName[name].Rank, Contender: null, asker));
        }
    }

    /// <summary>The grant of a reservation, with those before it.</summary>
    public IEnumerable<Granted> Pages(Standing standing, AddressUid granter)
    {
        var total = _byName.IndexOf(standing.Name);
        var skip = 0;
        do
        {
            var page = new ReservationName[Math.Min(Granted.PageSize, total - skip)];
            for (var i = 0; i < page.Length; i++)
                page[i] = _byName.GetAt(skip + i).Key;
            yield return new Granted(standing, granter, page, skip, total);
            skip += page.Length;
        }
        while (skip < total);
    }

    private void Put(Standing standing)
    {
        _byName.Add(standing.Name, standing);
        _byConnection.Add(standing.Name.Connection, standing.Name);
    }
}
