using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>How far this node is with the roll of a shard.</summary>
internal enum RollPhase
{
    /// <summary>It is not called: nothing of the shard lives here, or another node has called it since.</summary>
    None,

    /// <summary>The nodes are being asked.</summary>
    Calling,

    /// <summary>All have answered: the addresses here hold what they were given, and what came of it since.</summary>
    Called,
}

/// <summary>The roll of one shard, as this node calls it for the addresses that live here.</summary>
/// <param name="shard">The shard.</param>
/// <param name="effects">Where the addresses' rolls go.</param>
internal sealed class ShardRoll(int shard, INodeEffects effects)
{
    private readonly Dictionary<string, Life> _addresses = [];
    private readonly Dictionary<string, List<Standing>> _unclaimed = [];

    public int Shard { get; } = shard;

    public RollPhase Phase { get; private set; }

    /// <summary>The latest that this node has called.</summary>
    public Incarnation Incarnation { get; private set; }

    /// <summary>When those who have not answered are to be asked again, in ms.</summary>
    public long AskAt { get; set; }

    /// <summary>What they have answered.</summary>
    public RollAnswers Answers { get; } = new();

    /// <summary>What the addresses here hold, by the node of the connection.</summary>
    public DigestMirror Mirror { get; } = new();

    /// <summary>Whether an address lives here.</summary>
    public bool HasAddresses => _addresses.Count > 0;

    /// <summary>An address lives here, and has its roll as soon as there is one.</summary>
    /// <returns>False if an earlier life of it had its roll and never said that it ended.</returns>
    public bool Register(string key, AddressUid address)
    {
        var before = _addresses.GetValueOrDefault(key);
        if (before is { HasRoll: true } && before.Uid == address)
            return true; // it asked again while its roll was under way: what it holds by now is its own

        var life = _addresses[key] = new Life(address);
        if (before is { HasRoll: true })
            return false;

        if (Phase == RollPhase.Called)
            Give(key, life);
        return true;
    }

    /// <summary>An address ends.</summary>
    /// <returns>Whether it had its roll.</returns>
    public bool Unregister(string key, AddressUid address) =>
        _addresses.TryGetValue(key, out var life) && life.Uid == address && _addresses.Remove(key) && life.HasRoll;

    /// <summary>Another node has called the roll, or this one has to call it anew: no address has one any more.</summary>
    public void End()
    {
        if (Phase == RollPhase.None)
            return;

        Clear(RollPhase.None);
        foreach (var life in _addresses.Values)
        {
            life.HasRoll = false;
            effects.TakeRollFrom(life.Uid);
        }
    }

    /// <summary>The nodes are asked from now on.</summary>
    public void Call(Incarnation incarnation)
    {
        Clear(RollPhase.Calling);
        Incarnation = incarnation;
    }

    /// <summary>All have answered.</summary>
    public void Complete(List<Standing> standings)
    {
        Clear(RollPhase.Called);
        foreach (var standing in standings)
        {
            Mirror.Change(standing.Name, stands: true);
            if (!_unclaimed.TryGetValue(standing.Key, out var ofKey))
                _unclaimed.Add(standing.Key, ofKey = []);
            ofKey.Add(standing);
        }

        foreach (var (key, life) in _addresses)
            Give(key, life);
    }

    /// <summary>A node is lost: what it held is free. The addresses that have their roll are told of it otherwise.</summary>
    public void Lost(int node)
    {
        foreach (var (key, standings) in _unclaimed)
        {
            foreach (var standing in standings)
            {
                if (standing.Name.Connection.Node == node)
                    Mirror.Change(standing.Name, stands: false);
            }

            standings.RemoveAll(standing => standing.Name.Connection.Node == node);
            if (standings.Count == 0)
                _unclaimed.Remove(key);
        }
    }

    private void Give(string key, Life life)
    {
        life.HasRoll = true;
        if (_unclaimed.Remove(key, out var standings))
            standings.Sort(static (left, right) => left.Rank.CompareTo(right.Rank));
        effects.Give(life.Uid, new Roll(Incarnation, standings ?? []));
    }

    private void Clear(RollPhase phase)
    {
        Phase = phase;
        Answers.Clear();
        Mirror.Clear();
        _unclaimed.Clear();
    }

    private sealed class Life(AddressUid uid)
    {
        public AddressUid Uid { get; } = uid;

        public bool HasRoll { get; set; }
    }
}
