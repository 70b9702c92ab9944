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
    private static readonly LinkName Own = new(Self, 1);
    private static readonly LinkName Guest = new(Other, 5);
    private readonly TestProbe _addresses;
    private readonly TestProbe _post;
    private readonly TestProbe _peer;
    private readonly ProbedPost _letters;
    private readonly ProbedSocket _socket;
    private readonly TestLease _lease = new();

    public ConnectionActorTests()
    {
        _addresses = CreateTestProbe();
        _post = CreateTestProbe();
        _peer = CreateTestProbe();
        _letters = new ProbedPost(_post);
        _socket = new ProbedSocket(_peer);
    }

    [Fact]
    public void What_is_denied_by_a_limit_reaches_the_socket()
    {
        var connection = Start();
        connection.Tell(Peer.Reserve("room"));
        connection.Tell(new Denied(Reservation, IsFull: true));

        _peer.FishForMessage(message => message is Counted { Reason: Refusal.Listeners });
        _peer.ExpectMsg(new Sent("4 -1 \"room\""));
    }

    private static Granted Grant =>
        new(new Standing(Key, Reservation, new Rank(new Incarnation(1, 3), 1), Shared: false), Relay, [], 0, 0);

    [Fact]
    public void What_the_connection_does_reaches_socket_addresses_post_and_node()
    {
        var connection = Start();

        connection.Tell(Peer.Heartbeat());
        _peer.ExpectMsg(new Sent("CA"));
        _peer.ExpectMsg(new Handled(1));

        connection.Tell(Array.Empty<byte>());
        _peer.ExpectMsg(new Ignored(IgnoredMessage.Malformed));

        connection.Tell(Peer.Reserve("room"));
        _addresses.ExpectMsg(new Reserve(Key, Reservation, Shared: false));
        Assert.Equal(connection, _addresses.LastSender);

        connection.Tell(Grant);
        connection.Tell(new Offer(Guest, Reservation, Relay));
        ExpectPosted(_post, Other.Node, Other.Number, new Accepted(Guest, Self, Relay));
        Assert.Equal(connection, _post.LastSender);

        connection.Tell(Peer.Disconnect(16384));
        ExpectPosted(_post, Relay.Node, Relay.Number, new LinkEnd(Guest, Self, Other, 1));

        connection.Tell(Peer.Release());
        _post.ExpectMsg(new NodeTold(new GivenBack(Key, Reservation)));
        Assert.Equal(connection, _post.LastSender);
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
            Advance(ConnectionState.RepeatInterval - 1);
            Advance(1);
            _addresses.ExpectMsg(request);
        }

        Settle(connection);
        connection.Tell(Grant);
        Settle(connection);
        Advance(10 * ConnectionState.RepeatInterval);
        connection.Tell(Peer.Connect(1, "room"));
        _addresses.ExpectMsg(new Connect(Key, new LinkName(Self, 2)));
    }

    [Fact]
    public void More_messages_make_no_more_repeats()
    {
        var connection = Start();
        connection.Tell(Peer.Reserve("room"));
        connection.Tell(Peer.Heartbeat());
        connection.Tell(new Confirmed(Guest));
        var request = _addresses.ExpectMsg<Reserve>();

        Settle(connection);
        Advance(ConnectionState.RepeatInterval);
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
        for (long time = 0; time < ConnectionState.RequestTimeout; time += ConnectionState.RepeatInterval)
        {
            Settle(connection);
            _addresses.ExpectMsg<Reserve>();
            Advance(ConnectionState.RepeatInterval);
        }

        ExpectSent("4 -1 \"room\"");
        _post.ExpectMsg(new NodeTold(new GivenBack(Key, Reservation)));
    }

    [Fact]
    public void What_the_socket_has_written_at_once_is_told_without_its_word()
    {
        var connection = Connected();

        connection.Tell(new LinkFrame(Own, Other, Self, 1, Peer.Send(0, 1), More: false));
        Settle(connection);
        Advance(100);

        ExpectPosted(_post, Other.Node, Other.Number, new LinkAck(Own, Self, Other, Received: 1, Written: 1, Full: false));
    }

    [Fact]
    public void What_the_socket_has_written_later_is_told_when_it_says_so()
    {
        var connection = Connected();
        _socket.Hold(1);
        connection.Tell(new LinkFrame(Own, Other, Self, 1, Peer.Send(0, 1), More: false));
        Settle(connection);
        Advance(100);
        ExpectPosted(_post, Other.Node, Other.Number, new LinkAck(Own, Self, Other, Received: 1, Written: 0, Full: false));

        Settle(connection);
        _socket.Hold(0);
        connection.Tell(ConnectionActor.SocketHasWritten.Instance);
        Settle(connection);
        Advance(100);

        ExpectPosted(_post, Other.Node, Other.Number, new LinkAck(Own, Self, Other, Received: 1, Written: 1, Full: false));
    }

    [Fact]
    public void A_node_that_has_left_ends_its_links()
    {
        var connection = Connected();

        connection.Tell(new NodeLost(Other.Node));
        connection.Tell(new NodeRemoved(Other.Node));

        ExpectSent("8 7");
    }

    [Fact]
    public void A_link_that_stalls_is_left_to_the_node()
    {
        var connection = Connected();
        for (var i = 0; i < 2; i++)
            connection.Tell(Peer.Send(7, new byte[200_000]));

        for (var time = 0; time < 10_000; time += 250)
        {
            Settle(connection);
            Advance(250);
        }

        ExpectSent("8 7");
        _post.FishForMessage<NodeTold>(told => told == new NodeTold(new LinkBroken(new BrokenLink(Own, Self, Other))));
    }

    [Fact]
    public void Without_a_lease_it_does_nothing()
    {
        var connection = Connected();
        connection.Tell(Peer.Connect(8, "room"));
        _addresses.ExpectMsg<Connect>();
        Settle(connection);
        Drain(_peer);
        _lease.End();

        connection.Tell(Peer.Heartbeat());
        connection.Tell(new LinkFrame(Own, Other, Self, 1, Peer.Send(0, 1), More: false));
        connection.Tell(new NodeRemoved(Other.Node));
        connection.Tell(ConnectionActor.PeerClosed.Instance);
        Settle(connection);
        Advance(ConnectionState.RequestTimeout);
        Settle(connection);

        ExpectNothing(_peer, _post, _addresses);
    }

    private IActorRef Start() => Sys.ActorOf(ConnectionActor.Props(_letters, _lease, _addresses, _socket, App, PeerRights.All));

    private IActorRef Connected()
    {
        var connection = Start();
        connection.Tell(Peer.Connect(7, "room"));
        _addresses.ExpectMsg(new Connect(Key, Own));
        connection.Tell(new Accepted(Own, Other, Relay));
        ExpectPosted(_post, Other.Node, Other.Number, new Confirmed(Own));
        ExpectSent("6 7");
        return connection;
    }

    private void ExpectSent(string frame) =>
        _peer.FishForMessage<Sent>(sent => string.Equals(sent.Frame, frame, StringComparison.Ordinal));
}
