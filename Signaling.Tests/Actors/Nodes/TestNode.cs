using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;

namespace Signaling.Tests.Actors.Nodes;

/// <summary>A letter to a node.</summary>
internal sealed record ToNode(int Node, ILetter Letter);

/// <summary>A letter to a connection.</summary>
internal sealed record ToConnection(ConnectionUid Connection, ILetter Letter);

/// <summary>A letter to an address.</summary>
internal sealed record ToAddress(AddressUid Address, ILetter Letter);

/// <summary>A roll that an address was given.</summary>
internal sealed record GivenRoll(AddressUid Address, Incarnation Incarnation, string Standings);

/// <summary>A roll that was taken from an address.</summary>
internal sealed record TakenRoll(AddressUid Address);

/// <summary>Two reservations have met.</summary>
internal sealed record Conflict(ReservationName Name);

/// <summary>
/// A <see cref="NodeState"/> in virtual time, which ticks when it wants to, and what comes of it. It is node 1; others are
/// known by their uids, which are also the order of their addresses.
/// </summary>
internal sealed class TestNode : INodeEffects
{
    public const int Self = 1;

    private readonly List<object> _done = [];
    private readonly Dictionary<int, Incarnation> _calls = [];

    public TestNode(int self = Self) => State = new NodeState(self, this);

    public NodeState State { get; }

    public long Now { get; private set; } = 100_000;

    public long? LeaseUntil { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>A node that is up, with others that are up as well.</summary>
    public static TestNode Among(params int[] others)
    {
        var node = new TestNode();
        node.MembersAre([Up(Self), .. others.Select(Up)]);
        return node;
    }

    public static NodeMember Up(int uid) => new(uid, $"node{uid}:4053", MemberStage.Up, IsReachable: true);

    public void MembersAre(params NodeMember[] members) => State.MembersAre(members, Now);

    public void MembersAre(params int[] members) => MembersAre([.. members.Select(Up)]);

    public void Receive(params ILetter[] letters)
    {
        foreach (var letter in letters)
            State.Receive(letter, Now);
    }

    /// <summary>Moves time on, with each tick when it is due.</summary>
    public void Advance(long milliseconds)
    {
        var end = Now + milliseconds;
        while (State.Due <= end)
        {
            Now = Math.Max(Now, State.Due);
            State.Tick(Now);
        }

        Now = end;
    }

    /// <summary>Time moves on, but the process stands still.</summary>
    public void StandStill(long milliseconds) => Now += milliseconds;

    /// <summary>What has come of the inputs since the last look, of one kind.</summary>
    public T[] Take<T>()
    {
        T[] taken = [.. _done.OfType<T>()];
        _done.RemoveAll(done => done is T);
        return taken;
    }

    /// <summary>The letters of one kind to other nodes since the last look.</summary>
    public (int To, T Letter)[] TakeLetters<T>()
        where T : ILetter
    {
        (int, T)[] taken = [.. _done.OfType<ToNode>().Where(sent => sent.Letter is T).Select(sent => (sent.Node, (T)sent.Letter))];
        _done.RemoveAll(done => done is ToNode { Letter: T });
        return taken;
    }

    /// <summary>Asks for the lease to be renewed, and has some others answer at once.</summary>
    public void Renew(params int[] answering)
    {
        Advance(1_000);
        var questions = TakeLetters<LeaseQuestion>();
        foreach (var node in answering)
            Receive(new LeaseAnswer(node, questions.Last(question => question.To == node).Letter.Number, Renewed: true, []));
    }

    /// <summary>Has another node answer the latest roll call of the shard that the tests are about.</summary>
    public void AnswerRollCall(int from, params Standing[] standings) =>
        Receive(new RollAnswer(from, Some.Shard, _calls[from], standings, 0, standings.Length));

    void INodeEffects.Request(IAddressRequest request) => _done.Add(request);

    void INodeEffects.Tell(int node, ILetter letter)
    {
        _done.Add(new ToNode(node, letter));
        if (letter is RollCall call && call.Shard == Some.Shard)
            _calls[node] = call.Incarnation;
    }

    void INodeEffects.Tell(ConnectionUid to, ILetter letter) => _done.Add(new ToConnection(to, letter));

    void INodeEffects.Tell(AddressUid to, ILetter letter) => _done.Add(new ToAddress(to, letter));

    void INodeEffects.Give(AddressUid to, Roll roll) =>
        _done.Add(new GivenRoll(to, roll.Incarnation, string.Join(" ", roll.Standings.Select(standing => $"{standing.Name.Connection.Node}.{standing.Name.Connection.Number}"))));

    void INodeEffects.TakeRollFrom(AddressUid address) => _done.Add(new TakenRoll(address));

    void INodeEffects.Removed(int node) => _done.Add(new NodeRemoved(node));

    void INodeEffects.Lost(int node) => _done.Add(new NodeLost(node));

    void INodeEffects.LeaseUntil(long until) => LeaseUntil = until;

    void INodeEffects.LeaseOver()
    {
        if (IsOver)
            throw new InvalidOperationException("The lease was over already.");
        IsOver = true;
    }

    void INodeEffects.Conflict(ReservationName name) => _done.Add(new Conflict(name));
}
