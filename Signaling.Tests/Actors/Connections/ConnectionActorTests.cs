using Akka.Actor;
using Akka.TestKit;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Connections;

public sealed class ConnectionActorTests : ActorTest
{
    private static readonly App App = new("/app", AddressSharing: false);
    private static readonly string Key = AddressKey.Of("/app", "room");
    private static readonly ConnectionUid Self = new(1, 1);
    private static readonly ConnectionUid Other = new(2, 20);
    private static readonly AddressUid Relay = new(3, 30);
    private static readonly ReservationName Reservation = new(Self, 1);
    private readonly TestProbe _addresses;
    private readonly TestProbe _post;
    private readonly TestProbe _socket;
    private readonly ProbedPost _letters;

    public ConnectionActorTests()
    {
        _addresses = CreateTestProbe();
        _post = CreateTestProbe();
        _socket = CreateTestProbe();
        _letters = new ProbedPost(_post);
    }

    [Fact]
    public void What_the_connection_does_reaches_socket_addresses_and_post()
    {
        var connection = Start();

        connection.Tell(Peer.Heartbeat());
        _socket.ExpectMsg(new Sent("CA"));
        _socket.ExpectMsg(new Handled(1));

        connection.Tell(Array.Empty<byte>());
        _socket.ExpectMsg(new Ignored(IgnoredMessage.Malformed));

        connection.Tell(Peer.Reserve("room"));
        _addresses.ExpectMsg(new Reserve(Key, Reservation, Shared: false));
        Assert.Equal(connection, _addresses.LastSender);

        connection.Tell(new Granted(Key, Reservation, [], 0, 0));
        connection.Tell(new Offer(new LinkName(Other, 5), Reservation, Relay));
        ExpectPosted(_post, Other.Node, Other.Number, new Accepted(new LinkName(Other, 5), Self, Relay));
        Assert.Equal(connection, _post.LastSender);

        connection.Tell(Peer.Disconnect(16384));
        ExpectPosted(_post, Relay.Node, Relay.Number, new LinkEnd(new LinkName(Other, 5), Self));
    }

    [Fact]
    public void A_pending_request_is_repeated_twice_a_second_until_it_is_answered()
    {
        var connection = Start();
        connection.Tell(Peer.Reserve("room"));
        var request = _addresses.ExpectMsg<Reserve>();

        for (var i = 0; i < 3; i++)
        {
            Settle(connection);
            Advance(ConnectionState.TickInterval - 1);
            Advance(1);
            _addresses.ExpectMsg(request);
        }

        Settle(connection);
        connection.Tell(new Granted(Key, Reservation, [], 0, 0));
        connection.Tell(Peer.Release());
        _addresses.ExpectMsg<Release>();
        Advance(10 * ConnectionState.TickInterval);
        connection.Tell(Peer.Connect(1, "room"));
        _addresses.ExpectMsg(new Connect(Key, new LinkName(Self, 2)));
    }

    [Fact]
    public void More_messages_make_no_more_repeats()
    {
        var connection = Start();
        connection.Tell(Peer.Reserve("room"));
        connection.Tell(Peer.Heartbeat());
        connection.Tell(new Confirmed(new LinkName(Other, 5)));
        var request = _addresses.ExpectMsg<Reserve>();

        Settle(connection);
        Advance(ConnectionState.TickInterval);
        _addresses.ExpectMsg(request);
        Settle(connection);
        connection.Tell(new Denied(Reservation));
        connection.Tell(Peer.Connect(1, "room"));

        _addresses.ExpectMsg<Connect>();
    }

    [Fact]
    public void A_request_without_an_answer_fails_after_10_s()
    {
        var connection = Start();
        connection.Tell(Peer.Reserve("room"));
        for (long time = 0; time < ConnectionState.RequestTimeout; time += ConnectionState.TickInterval)
        {
            Settle(connection);
            _addresses.ExpectMsg<Reserve>();
            Advance(ConnectionState.TickInterval);
        }

        _socket.FishForMessage<Sent>(sent => string.Equals(sent.Frame, "4 -1 \"room\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_lost_node_ends_its_links()
    {
        var connection = Start();
        connection.Tell(Peer.Connect(7, "room"));
        connection.Tell(new Accepted(new LinkName(Self, 1), Other, Relay));
        _socket.FishForMessage<Sent>(sent => string.Equals(sent.Frame, "6 7", StringComparison.Ordinal));

        connection.Tell(new NodeLost(Other.Node));

        _socket.FishForMessage<Sent>(sent => string.Equals(sent.Frame, "8 7", StringComparison.Ordinal));
    }

    [Fact]
    public void A_closed_peer_s_connection_closes_the_socket_and_ends()
    {
        var connection = Start();
        Watch(connection);

        connection.Tell(ConnectionActor.PeerClosed.Instance);

        _socket.ExpectMsg(new Closed(CloseStatus.Normal));
        _post.ExpectMsg(new Unregistered(Self.Number));
        ExpectTerminated(connection);
    }

    [Fact]
    public void Letters_that_a_leaving_connection_still_gets_are_answered_as_undeliverable()
    {
        var question = new HoldQuestion(Reservation, new ReservationName(Other, 1), Relay);
        IActorRef connection = ActorRefs.Nobody;
        connection = Start(new ProbedSocket(_socket) { WhenClosed = () => connection.Tell(question, TestActor) });
        Settle(connection);
        Watch(connection);

        connection.Tell(ConnectionActor.PeerClosed.Instance);

        _post.ExpectMsg(new Unregistered(Self.Number));
        ExpectPosted(_post, Self.Node, Self.Number, question);
        Assert.Equal(TestActor, _post.LastSender);
        ExpectTerminated(connection);
    }

    [Fact]
    public void A_failing_socket_ends_the_connection_for_good()
    {
        var connection = Start(new ProbedSocket(_socket) { Fails = true });
        Watch(connection);

        connection.Tell(Peer.Heartbeat());

        ExpectTerminated(connection);
        _socket.ExpectMsg(new Closed(CloseStatus.GoingAway));
        _post.ExpectMsg(new Unregistered(Self.Number));
    }

    [Fact]
    public void A_failing_state_ends_the_connection_for_good()
    {
        var connection = Start();
        Watch(connection);

        connection.Tell(Peer.Reserve("room"));
        connection.Tell(new Granted(Key, Reservation, Earlier: null!, Skip: 0, Total: 1));

        ExpectTerminated(connection);
        Assert.Equal(CloseStatus.GoingAway, _socket.FishForMessage<Closed>(_ => true).Status);
    }

    private IActorRef Start() => Start(new ProbedSocket(_socket));

    private IActorRef Start(ProbedSocket socket) => Sys.ActorOf(ConnectionActor.Props(_letters, _addresses, socket, App));
}
