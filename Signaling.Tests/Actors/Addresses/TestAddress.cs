using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>An address in the hands of a test, which plays the connections.</summary>
internal sealed class TestAddress
{
    public const string Key = "AAECAwQFBgcICQoLDA0ODw";
    public static readonly AddressUid Self = new(9, 90);
    public static readonly ConnectionUid Alice = new(1, 10);
    public static readonly ConnectionUid Bob = new(2, 20);
    public static readonly ConnectionUid Carol = new(3, 30);

    private readonly RecordingAddressEffects _effects = new();
    private readonly AddressState _state;

    public TestAddress() => _state = new AddressState(Key, Self, _effects);

    public long Now { get; set; } = 1_000_000;

    public bool IsEmpty => _state.IsEmpty;

    public bool NeedsTick => _state.NeedsTick;

    public static Granted GrantOf(ReservationName name, params ReservationName[] earlier) =>
        new(Key, name, earlier, 0, earlier.Length);

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

    public Told[] Answers(ReservationName held, ReservationName contender, bool stands) =>
        Gets(new HoldAnswer(held, contender, stands));

    public Told[] TickAfter(long milliseconds)
    {
        Now += milliseconds;
        _state.Tick(Now);
        return _effects.Take();
    }

    public Told[] Loses(int node)
    {
        _state.NodeLost(node);
        return _effects.Take();
    }
}
