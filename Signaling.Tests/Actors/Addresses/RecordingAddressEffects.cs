using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>A letter that an address has sent to a connection or, by its uid, to a node, for comparison.</summary>
internal sealed record Told(object To, string Letter)
{
    public Told(object to, ILetter letter)
        : this(to, MessageText.Of(letter))
    {
    }
}

/// <summary>Notes what an address does.</summary>
internal sealed class RecordingAddressEffects : IAddressEffects
{
    private readonly List<Told> _told = [];
    private readonly List<(ReservationName Name, bool Stands)> _changes = [];
    private readonly Dictionary<ReservationName, Rank> _ranks = [];

    /// <summary>How often it has asked for its roll.</summary>
    public int Asked { get; private set; }

    /// <summary>The rank by which a reservation was granted last.</summary>
    public Rank RankOf(ReservationName name) => _ranks.GetValueOrDefault(name);

    /// <summary>What was sent since the last call.</summary>
    public Told[] Take()
    {
        Told[] told = [.. _told];
        _told.Clear();
        return told;
    }

    /// <summary>What its node was told of its reservations since the last call.</summary>
    public (ReservationName Name, bool Stands)[] TakeChanges()
    {
        (ReservationName, bool)[] changes = [.. _changes];
        _changes.Clear();
        return changes;
    }

    void IAddressEffects.Tell(ConnectionUid to, ILetter letter) => _told.Add(new Told(to, letter));

    void IAddressEffects.Tell(int node, ILetter letter)
    {
        if (letter is Granted granted)
            _ranks[granted.Standing.Name] = granted.Standing.Rank;
        _told.Add(new Told(node, letter));
    }

    void IAddressEffects.AskForRoll() => Asked++;

    void IAddressEffects.Changed(ReservationName name, bool stands) => _changes.Add((name, stands));
}
