using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>An address in the hands of a test, which plays the connections and the nodes.</summary>
internal sealed class TestAddress
{
    public const string Key = "AAECAwQFBgcICQoLDA0ODw";
    public static readonly AddressUid Self = new(9, 90);
    public static readonly ConnectionUid Alice = new(1, 10);
    public static readonly ConnectionUid Bob = new(2, 20);
    public static readonly ConnectionUid Carol = new(3, 30);
    public static readonly Incarnation FirstCall = new(1, Self.Node);

    private readonly RecordingAddressEffects _effects = new();
    private readonly AddressState _state;

    /// <summary>Makes one.</summary>
    /// <param name="called">Whether the roll of its shard has been called already, and nobody answered.</param>
    public TestAddress(bool called = true)
    {
        _state = new AddressState(Key, Self, _effects);
        if (called)
            IsTold(new Roll(FirstCall, []));
    }

    public long Now { get; set; } = 1_000_000;

    public bool IsEmpty => _state.IsEmpty;

    public bool NeedsTick => _state.Due != long.MaxValue;

    /// <summary>How often it has asked for its roll.</summary>
    public int Asked => _effects.Asked;

    public static Standing StandingOf(ReservationName name, long grant, bool shared = false) =>
        new(Key, name, new Rank(FirstCall, grant), shared);

    /// <summary>The n-th grant since the roll was called.</summary>
    public static Told Grants(ReservationName name, long grant) => new(name.Connection.Node, GrantOf(StandingOf(name, grant)));

    /// <summary>The n-th grant of a shared address, with those who were there before.</summary>
    public static Told Shares(ReservationName name, long grant, params ReservationName[] earlier) =>
        new(name.Connection.Node, GrantOf(StandingOf(name, grant, shared: true), earlier));

    public static Told Denies(ReservationName name) => new(name.Connection, new Denied(name));

    public static Told Frees(ReservationName name) => new(name.Connection.Node, new Released(Key, name, FirstCall));

    public static Told Asks(ReservationName held, ReservationName? contender = null, long grant = 1) =>
        new(held.Connection.Node, new HoldQuestion(held, new Rank(FirstCall, grant), contender, Self));

    public static Granted GrantOf(Standing standing, params ReservationName[] earlier) =>
        new(standing, Self, earlier, 0, earlier.Length);

    public (ReservationName Name, bool Stands)[] TakeChanges() => _effects.TakeChanges();

    public Told[] Gets(params IAddressRequest[] requests)
    {
        foreach (var request in requests)
            _state.Receive(request, Now);
        return _effects.Take();
    }

    public Told[] Gets(params ILetter[] letters)
    {
        foreach (var letter in letters)
            _state.Receive(letter, Now);
        return _effects.Take();
    }

    public Told[] Reserves(ReservationName name, bool shared = false) => Gets(new Reserve(Key, name, shared));

    public Told[] Releases(ReservationName name) => Gets(new Release(Key, name));

    public Told[] Connects(LinkName link) => Gets(new Connect(Key, link));

    public Told[] Joins(LinkName link, ReservationName host) => Gets(new Join(Key, link, host));

    public Told[] Answers(ReservationName held, ReservationName? contender, bool stands) =>
        Gets(new HoldAnswer(held, _effects.RankOf(held), contender, stands));

    /// <summary>Reserves it for one whose node confirms it.</summary>
    public TestAddress HeldBy(ReservationName name, bool shared = false)
    {
        Reserves(name, shared);
        Answers(name, contender: null, stands: true);
        return this;
    }

    public Told[] IsTold(Roll roll)
    {
        _state.Take(roll, Now);
        return _effects.Take();
    }

    public Told[] RollIsOver()
    {
        _state.RollOver();
        return _effects.Take();
    }

    /// <summary>Lets time pass as the shell does: a tick whenever one is due.</summary>
    public Told[] Passes(long milliseconds)
    {
        var until = Now + milliseconds;
        while (_state.Due <= until)
        {
            Now = Math.Max(Now, _state.Due);
            _state.Tick(Now);
        }

        Now = until;
        return _effects.Take();
    }

    public Told[] Loses(int node)
    {
        _state.NodeLost(node, Now);
        return _effects.Take();
    }

    public Told[] Stops()
    {
        _state.Stop();
        return _effects.Take();
    }
}
