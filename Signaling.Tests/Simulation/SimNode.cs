using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;

namespace Signaling.Tests.Simulation;

/// <summary>
/// A process: the shell of a <see cref="NodeState"/>, what lives in it by number, and the post between them. It can be
/// stopped for a while (its clock goes on, and all that has come meanwhile comes at once), and end.
/// </summary>
internal sealed class SimNode : SimActor
{
    private const long NodeMessage = -1;
    private readonly Dictionary<long, SimActor> _here = [];
    private readonly List<Timeline.Due> _backlog = [];
    private readonly SimNodeEffects _effects;
    private long _numbers;
    private SimAlarm _alarm = SimAlarm.Off;

    public SimNode(World world, SimPlace place, int uid, long clock)
    {
        (World, Place, Uid, Clock) = (world, place.Index, uid, clock);
        Region = new SimRegion(this);
        View = new SimView(this);
        _effects = new SimNodeEffects(this);
        State = new NodeState(uid, _effects);
        Endpoint = place.Endpoint;
        place.Process = this;
    }

    public override SimNode Node => this;

    public World World { get; }

    public int Uid { get; }

    /// <summary>The number of its host and port.</summary>
    public int Place { get; }

    public string Endpoint { get; }

    public NodeState State { get; }

    public SimRegion Region { get; }

    /// <summary>What it knows of the cluster.</summary>
    public SimView View { get; }

    public bool IsAlive { get; private set; } = true;

    public bool IsPaused { get; private set; }

    public bool Runs => IsAlive && !IsPaused;

    /// <summary>For how long it has been stopped so far, in ms, and when it last was.</summary>
    public long PausedFor { get; private set; }

    public long PausedUntil { get; private set; } = -1;

    /// <summary>When its lease ends, in ms of true time, as it says itself.</summary>
    public long LeaseUntil { get; set; } = -1;

    /// <summary>How long after its end another process starts in its place, in ms; null: none does.</summary>
    public int? RestartAfter { get; set; }

    public bool HoldsLease => World.Now <= LeaseUntil;

    /// <summary>Whether it takes peers.</summary>
    public bool Serves => Runs && HoldsLease && !IsLeaving;

    public bool IsLeaving { get; set; }

    /// <summary>How far its clock is ahead of true time, in ms.</summary>
    public long Clock { get; }

    /// <summary>The time by its clock, in ms.</summary>
    public long Now => World.Now + Clock;

    public IReadOnlyDictionary<long, SimActor> Here => _here;

    public override string ToString() => $"node {Uid}";

    /// <summary>Whether something that is due here happens now.</summary>
    public bool Admits(in Timeline.Due due)
    {
        if (IsAlive && IsPaused)
            _backlog.Add(due);
        return MayAct();
    }

    /// <summary>What is looked at before each input and each write to a socket. A process whose lease has ended ends.</summary>
    public bool MayAct()
    {
        if (!Runs)
            return false;
        if (LeaseUntil < 0 || HoldsLease)
            return true;

        World.Met(Met.LeaseEnded);
        End("its lease has ended");
        return false;
    }

    public long Register(SimActor actor)
    {
        _here.Add(++_numbers, actor);
        return _numbers;
    }

    public void Unregister(long number) => _here.Remove(number);

    /// <summary>Sends a letter, to this node or another.</summary>
    public void Post(long sender, int node, long number, ILetter letter)
    {
        if (World.Trace is not null && letter is not (LeaseQuestion or LeaseAnswer))
            World.Note($"{Uid}.{sender} tells {node}.{number} {Brief.Of(letter)}");
        if (node == Uid)
        {
            World.Timeline.Add(World.Now + Lag(number), this, letter, number);
            return;
        }

        if (View.PlaceOf(node) is { } place)
            World.Network.Send(this, sender, place.Index, place, number, letter, SimPlace.Pack(node, number));
        else
            TellNode(new Unsendable(node, number, letter));
    }

    /// <summary>Tells the NodeActor something that stays on this node.</summary>
    public void TellNode(object message) =>
        World.Timeline.Add(World.Now + Lag(0), this, message, NodeMessage);

    /// <summary>Tells an actor of this node something that stays on this node.</summary>
    public void TellHere(SimActor actor, long number, object message) =>
        World.Timeline.Add(World.Now + Lag(number), actor, message, 0);

    /// <summary>A letter comes from another place.</summary>
    public void Arrive(int node, long number, ILetter letter)
    {
        if (node == Uid)
        {
            Handle(letter, number);
            return;
        }

        World.Met(Met.LetterForEarlierProcess);
        Take(new Undeliverable(node, number, letter));
        Settle();
    }

    public override void Handle(object? message, long number)
    {
        if (ReferenceEquals(message, SimAlarm.Message))
        {
            if (!_alarm.Rings(number))
                return;
            if (Now >= State.Due)
                State.Tick(Now);
        }
        else if (number > 0)
        {
            Deliver(number, (ILetter)message!);
            return;
        }
        else if (number == Parcel.NodeNumber)
        {
            Take((ILetter)message!);
        }
        else
        {
            Take(message!);
        }

        Settle();
    }

    /// <summary>Whether it has told the others that it holds nothing and never will.</summary>
    public bool HasSaidFarewell { get; private set; }

    public void SayFarewell()
    {
        HasSaidFarewell = true;
        State.SayFarewell(Now);
        Settle();
    }

    public void Pause()
    {
        IsPaused = true;
        PausedUntil = World.Now;
    }

    public void Wake()
    {
        if (!IsAlive || !IsPaused)
            return;

        World.Note($"{this} wakes");
        IsPaused = false;
        PausedFor += World.Now - PausedUntil;
        PausedUntil = World.Now;
        for (var i = 0; i < _backlog.Count; i++)
        {
            var due = _backlog[i];
            if (Admits(due))
                due.Target.Handle(due.Message, due.Number);
        }

        _backlog.Clear();
        foreach (var (_, actor) in _here)
            (actor as SimConnection)?.Wakes();
    }

    /// <summary>The process ends, by itself or not: its sockets break.</summary>
    public void End(string why)
    {
        if (!IsAlive)
            return;

        World.Note($"{this} ends: {why}");
        IsAlive = false;
        foreach (var (_, actor) in _here)
            (actor as SimConnection)?.NodeEnds();
        World.Cluster.HasEnded(this);
    }

    private void Deliver(long number, ILetter letter)
    {
        if (_here.TryGetValue(number, out var actor))
        {
            actor.Handle(letter, 0);
            return;
        }

        Take(new Undeliverable(Uid, number, letter));
        Settle();
    }

    private void Take(ILetter letter)
    {
        if (World.Trace is not null && letter is not (LeaseQuestion or LeaseAnswer))
            World.Note($"{this} takes {Brief.Of(letter)}");
        _effects.Begin(letter);
        State.Receive(letter, Now);
        _effects.Done();
    }

    private void Take(object message)
    {
        if (World.Trace is not null)
            World.Note($"{this} takes {Brief.Of(message)}");
        _effects.Begin(message);
        NodeInput.Give(State, message, View, Now);
        _effects.Done();
    }

    private void Settle()
    {
        if (IsAlive)
            _alarm.Set(State.Due, this, this);
    }

    // Constant for a receiver: within a process what is told to one mailbox first comes first, whoever tells it.
    private long Lag(long receiver) => (long)(Chance.Mix(World.Salt + (ulong)((receiver * 7) + Uid)) & 3);
}
