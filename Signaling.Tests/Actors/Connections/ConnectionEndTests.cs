using Akka.Actor;
using Akka.TestKit;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Protocol;
using Xunit;

namespace Signaling.Tests.Actors.Connections;

/// <summary>How the actor of a connection ends.</summary>
public sealed class ConnectionEndTests : ActorTest
{
    private static readonly App App = new("/app", AddressSharing: false);
    private static readonly ConnectionUid Self = new(1, 1);
    private static readonly ConnectionUid Other = new(2, 20);
    private static readonly AddressUid Relay = new(3, 30);
    private static readonly LinkName Own = new(Self, 1);
    private readonly TestProbe _addresses;
    private readonly TestProbe _post;
    private readonly TestProbe _peer;
    private readonly ProbedPost _letters;

    public ConnectionEndTests()
    {
        _addresses = CreateTestProbe();
        _post = CreateTestProbe();
        _peer = CreateTestProbe();
        _letters = new ProbedPost(_post);
    }

    [Fact]
    public void A_closed_peer_s_connection_lets_the_socket_go_and_ends()
    {
        var connection = Start();
        Watch(connection);

        connection.Tell(ConnectionActor.PeerClosed.Instance);

        _peer.ExpectMsg(new Closed(CloseStatus.Normal));
        ExpectEnded();
        ExpectTerminated(connection);
    }

    [Fact]
    public void A_closed_peer_s_connection_outlives_the_socket_until_the_ends_of_its_links_are_confirmed()
    {
        var connection = Connected(new ProbedSocket(_peer));
        Watch(connection);

        connection.Tell(ConnectionActor.PeerClosed.Instance);
        ExpectPosted(_post, Relay.Node, Relay.Number, new LinkEnd(Own, Self, Other, 1));
        _peer.FishForMessage<Closed>(_ => true);
        connection.Tell(new LinkAck(Own, Other, Self, Received: 1, Written: 1, Full: false));

        ExpectEnded();
        ExpectTerminated(connection);
    }

    [Fact]
    public void Letters_that_a_leaving_connection_still_gets_are_answered_as_undeliverable()
    {
        var offer = new Offer(new LinkName(Other, 1), new ReservationName(Self, 1), Relay);
        IActorRef connection = ActorRefs.Nobody;
        connection = Start(new ProbedSocket(_peer) { WhenClosed = () => connection.Tell(offer, TestActor) });
        Settle(connection);
        Watch(connection);

        connection.Tell(ConnectionActor.PeerClosed.Instance);

        ExpectEnded();
        ExpectPosted(_post, Self.Node, Self.Number, offer);
        Assert.Equal(TestActor, _post.LastSender);
        ExpectTerminated(connection);
    }

    [Fact]
    public void A_failing_socket_ends_the_connection_for_good()
    {
        var connection = Start(new ProbedSocket(_peer) { Fails = true });
        Watch(connection);

        connection.Tell(Peer.Heartbeat());

        ExpectTerminated(connection);
        _peer.ExpectMsg(new Closed(CloseStatus.GoingAway));
        ExpectEnded();
    }

    [Fact]
    public void A_failing_connection_leaves_its_links_to_the_node()
    {
        var connection = Connected(new ProbedSocket(_peer));
        Watch(connection);

        connection.Tell(Peer.Reserve("room"));
        var reserve = _addresses.ExpectMsg<Reserve>();
        var standing = new Standing(reserve.Key, reserve.Reservation, new Rank(new Incarnation(1, 3), 1), Shared: false);
        connection.Tell(new Granted(standing, Relay, Earlier: null!, Skip: 0, Total: 1));

        ExpectTerminated(connection);
        Assert.Equal(CloseStatus.GoingAway, _peer.FishForMessage<Closed>(_ => true).Status);
        ExpectEnded(new BrokenLink(Own, Self, Other));
    }

    private IActorRef Start() => Start(new ProbedSocket(_peer));

    private IActorRef Start(ProbedSocket socket) =>
        Sys.ActorOf(ConnectionActor.Props(_letters, new TestLease(), _addresses, socket, App, PeerRights.All));

    private IActorRef Connected(ProbedSocket socket)
    {
        var connection = Start(socket);
        connection.Tell(Peer.Connect(7, "room"));
        _addresses.ExpectMsg(new Connect(AddressKey.Of("/app", "room"), Own));
        connection.Tell(new Accepted(Own, Other, Relay));
        ExpectPosted(_post, Other.Node, Other.Number, new Confirmed(Own));
        return connection;
    }

    private void ExpectEnded(params BrokenLink[] links)
    {
        _post.ExpectMsg(new Unregistered(Self.Number));
        _post.ExpectMsg(new NodeTold(new ConnectionEnded(Self, links)));
    }
}
