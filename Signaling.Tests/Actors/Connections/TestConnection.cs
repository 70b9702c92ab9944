using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;

namespace Signaling.Tests.Actors.Connections;

/// <summary>A connection in the hands of a test, which plays its peer, its socket, the addresses and the other connections.</summary>
internal sealed class TestConnection
{
    private const string Path = "/app";
    public static readonly ConnectionUid Self = new(1, 10);
    public static readonly ConnectionUid Other = new(2, 20);
    public static readonly AddressUid Relay = new(3, 30);
    public static readonly string RoomKey = KeyOf("room");

    private readonly RecordingConnectionEffects _effects = new();
    private readonly ConnectionState _state;
    private long _written;

    public TestConnection(bool sharing = false, PeerRights? rights = null, int mostLinks = int.MaxValue, Takeover takeover = Takeover.Reject)
    {
        var app = new App(Path, sharing) { MostLinks = mostLinks, Takeover = takeover };
        _state = new ConnectionState(Self, app, rights ?? PeerRights.All, _effects);
    }

    public long Now { get; set; } = 1_000_000;

    public bool NeedsTick => _state.Due != long.MaxValue;

    public IReadOnlyList<int> Consumed => _effects.Consumed;

    public IReadOnlyList<(object To, ILetter Letter)> Letters => _effects.Letters;

    /// <summary>What who runs the service is told, all of it.</summary>
    public IReadOnlyList<PeerStep> Steps => _effects.Steps;

    /// <summary>The links that would be told if it failed now.</summary>
    public IReadOnlyList<BrokenLink> Links => _state.Links;

    /// <summary>The key of an address in the connection's app.</summary>
    public static string KeyOf(string address) => AddressKey.Of(Path, address);

    /// <summary>The name of this connection's reservation by its n-th numbered request.</summary>
    public static ReservationName Reservation(long request) => new(Self, request);

    /// <summary>The name of the link that this connection asks for by its n-th numbered request.</summary>
    public static LinkName Link(long request, int ordinal = 0) => new(Self, request, ordinal);

    /// <summary>The name of a link that the other connection asks for.</summary>
    public static LinkName LinkFromOther(long request) => new(Other, request);

    /// <summary>The acceptance of a link of this connection by the other.</summary>
    public static Accepted Acceptance(LinkName link) => new(link, Other, Relay);

    /// <summary>An answer to this connection's reserve of "room".</summary>
    public static Granted Grant(long request, params ReservationName[] earlier) => Page(request, skip: 0, earlier.Length, earlier);

    /// <summary>A page of an answer to this connection's reserve of "room".</summary>
    public static Granted Page(long request, int skip, int total, params ReservationName[] earlier)
    {
        var rank = new Rank(new Incarnation(1, Relay.Node), total + 1);
        return new Granted(new Standing(RoomKey, Reservation(request), rank, Shared: false), Relay, earlier, skip, total);
    }

    /// <summary>What is done since the last look.</summary>
    public Done[] Take() => _effects.Take();

    public Done[] PeerSends(params byte[][] messages)
    {
        foreach (var message in messages)
            _state.Receive(message, Now);
        return Take();
    }

    /// <summary>The peer sends what it may not have.</summary>
    public Done[] PeerIsDenied(byte[] message)
    {
        _state.Deny(message, Now);
        return Take();
    }

    public Done[] Gets(params ILetter[] letters)
    {
        foreach (var letter in letters)
            _state.Receive(letter, Now);
        return Take();
    }

    /// <summary>The socket writes so many more of the messages that it was handed; all of them where no number is given.</summary>
    public Done[] SocketWrites(int? messages = null)
    {
        _written = messages is { } more ? _written + more : _effects.Writes;
        _state.Written(_written, Now);
        return Take();
    }

    public Done[] TickAfter(long milliseconds)
    {
        Now += milliseconds;
        _state.Tick(Now);
        return Take();
    }

    /// <summary>Lets time pass as the shell does: a tick whenever one is due.</summary>
    public Done[] Passes(long milliseconds)
    {
        var until = Now + milliseconds;
        while (_state.Due <= until)
        {
            Now = Math.Max(Now, _state.Due);
            _state.Tick(Now);
        }

        Now = until;
        return Take();
    }

    public Done[] PeerCloses()
    {
        _state.PeerClosed(Now);
        return Take();
    }

    public Done[] Removes(int node)
    {
        _state.NodeRemoved(node, Now);
        return Take();
    }

    /// <summary>Reserves "room" as the n-th numbered request.</summary>
    public TestConnection Holding(long request = 1)
    {
        PeerSends(Peer.Reserve("room"));
        Gets(Grant(request));
        return this;
    }

    /// <summary>Opens a link to "room" under the id as the n-th numbered request.</summary>
    public TestConnection ConnectedAs(short id, long request)
    {
        PeerSends(Peer.Connect(id, "room"));
        Gets(Acceptance(Link(request)));
        return this;
    }

    /// <summary>Accepts and has confirmed the other connection's n-th link to the reservation.</summary>
    public TestConnection WithGuest(long request, long reservation = 1)
    {
        Gets(new Offer(LinkFromOther(request), Reservation(reservation), Relay), new Confirmed(LinkFromOther(request)));
        return this;
    }
}
