using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>All there is in a history: places and processes, the network between them, the cluster, peers, and a true time.</summary>
internal sealed class World
{
    private const int ClockSpread = 1_000_000;
    private const long MostEvents = 400_000; // a hundred times the usual
    private readonly long[] _met;
    private readonly Dictionary<(int Node, int Other), long> _removedAt = [];
    private readonly bool _restarts;
    private int _nodes;

    public World(ulong seed, int places, bool restarts, long[] met, List<string>? trace)
    {
        _restarts = restarts;
        (Salt, Chance, _met, Trace) = (Chance.Mix(seed), new Chance(seed ^ 0x5EED), met, trace);
        Network = new SimNetwork(this);
        Cluster = new SimCluster(this);
        Homes = new SimHomes(this);
        Holders = new HolderCheck(this);
        Takeovers = new TakeoverCheck(this);
        Places = new SimPlace[SimNetwork.MaxPlaces];
        for (var i = 0; i < Places.Length; i++)
            Places[i] = new SimPlace(i);

        var nodes = new SimNode[places];
        for (var i = 0; i < places; i++)
            nodes[i] = NewNode(Places[i]);
        Cluster.Begin(nodes);
    }

    public ulong Salt { get; }

    public Chance Chance { get; }

    public Timeline Timeline { get; } = new();

    public SimNetwork Network { get; }

    public SimCluster Cluster { get; }

    public SimHomes Homes { get; }

    public SimAddresses Addresses => SimAddresses.All;

    public HolderCheck Holders { get; }

    public TakeoverCheck Takeovers { get; }

    public SimPlace[] Places { get; }

    public List<PeerLink> Links { get; } = [];

    /// <summary>Which of the peers' links the ends of links are.</summary>
    public Dictionary<(LinkName Link, ConnectionUid End), PeerLink> Named { get; } = [];

    /// <summary>The ends of links whose other end has said that it has ended.</summary>
    public HashSet<(LinkName Link, ConnectionUid End)> EndedAgainst { get; } = [];

    /// <summary>What has happened, where somebody wants to know.</summary>
    public List<string>? Trace { get; }

    public long Now => Timeline.Now;

    /// <summary>When a roll was last called, in ms.</summary>
    public long LastRollCall { get; set; } = -1;

    public bool IsRollCallUnderWay => Now - LastRollCall < 600;

    public void Note(string what) => Trace?.Add($"{Now,7} {what}");

    public void Met(Met what) => _met[(int)what]++;

    public SimNode NewNode(SimPlace place)
    {
        _nodes++;
        var uid = 1 + (int)((Salt + ((ulong)_nodes * 41)) % 97);
        return new SimNode(this, place, uid, (long)(Chance.Mix(Salt + (ulong)_nodes) % ClockSpread))
        {
            RestartAfter = _restarts ? 1_000 + (uid * 50) : null,
        };
    }

    public PeerLink NewLink(SimPeer owner, short id, string? address)
    {
        var link = new PeerLink(owner, id, Links.Count, address);
        Links.Add(link);
        return link;
    }

    /// <summary>Lets happen what is due.</summary>
    public void RunUntil(long until)
    {
        while (Timeline.TryTake(until, out var due))
        {
            if (Timeline.Taken > MostEvents)
                throw new InvariantException("I5", "the history goes round in circles.");
            if (due.Target.Node is not { } node || node.Admits(due))
                due.Target.Handle(due.Message, due.Number);
        }
    }

    /// <summary>How long a node's failure detector waits for another, in ms.</summary>
    public long Detection(int uid, int other) => 4_500 + (long)(Chance.Mix(Salt + (ulong)((uid * 131) + other)) % 2_000);

    /// <summary>How much later than others a node decides about who is unreachable, in ms.</summary>
    public long StableVariation(int uid) => (long)(Chance.Mix(Salt + (ulong)(uid * 17)) % 1_200);

    /// <summary>When something last went wrong between two processes, in ms.</summary>
    public long TroubleBetween(SimNode a, SimNode b)
    {
        var paused = Math.Max(a.IsPaused ? Now : a.PausedUntil, b.IsPaused ? Now : b.PausedUntil);
        if (a.Place == b.Place)
            return paused;
        return Math.Max(paused, Math.Max(Network[a.Place, b.Place].TroubledUntil, Network[b.Place, a.Place].TroubledUntil));
    }

    /// <summary>A node has heard that another was removed.</summary>
    public void Removed(SimNode node, int other) => _removedAt.TryAdd((node.Uid, other), Now);

    /// <summary>A node takes another for lost.</summary>
    public void Lost(SimNode node, int other)
    {
        var removed = _removedAt.GetValueOrDefault((node.Uid, other), -1);
        if (removed < 0)
            throw new InvariantException("I1", $"{node} takes node {other} for lost, which was not removed.");
        if (Now - removed > 200)
            Met(Simulation.Met.RemovedNotLostWaitedFor);

        foreach (var member in Cluster.Members)
        {
            var lost = member.Node;
            if (lost.Uid != other)
                continue;
            if (Places[lost.Place].Process != lost)
                Met(Simulation.Met.LostByNewProcess);
            if (lost.IsAlive && lost.HoldsLease && !lost.HasSaidFarewell)
                throw new InvariantException("I1", $"{node} takes {lost} for lost, whose lease runs until {lost.LeaseUntil}, at {Now}.");
        }
    }

    /// <summary>A connection has ended a link because its other end took too little, or did not confirm its end.</summary>
    public void BreakOff(PeerLink link, int otherNode, bool wasEnded)
    {
        link.IsBrokenOff = true;
        if (wasEnded || link.Other is not { } other)
            return;

        var trouble = Math.Max(TroubleBetween(link.Owner.Connection.Node, other.Owner.Connection.Node), other.Owner.StalledUntil);
        if (!other.Owner.IsStalled && trouble < Now - 60_000 && other.Owner.Connection.Node.IsAlive)
            throw new InvariantException("I2", $"{link} was broken off, and neither its receiver nor the way to node {otherNode} stood still.");
    }
}
