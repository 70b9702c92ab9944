using Signaling.Actors.Connections;
using Xunit;

namespace Signaling.Tests.Actors.Connections;

public sealed class ConnectionStarterTests : ActorTest
{
    [Fact]
    public void A_socket_gets_a_connection_that_hears_it()
    {
        var socket = CreateTestProbe();
        var starter = new ConnectionStarter(Sys, new ProbedPost(CreateTestProbe()), new TestLease(), CreateTestProbe());

        var connection = starter.Open(new ProbedSocket(socket), new App("/app", AddressSharing: false));
        connection.Receive(Peer.Heartbeat());
        connection.Closed();
        connection.Closed();

        socket.ExpectMsg(new Sent("CA"));
        socket.ExpectMsg(new Handled(1));
        socket.ExpectMsg(new Closed(CloseStatus.Normal));
    }
    [Fact]
    public void Messages_wait_for_those_that_come_with_them_until_it_is_told_to_proceed()
    {
        var socket = CreateTestProbe();
        var starter = new ConnectionStarter(Sys, new ProbedPost(CreateTestProbe()), new TestLease(), CreateTestProbe());
        var connection = starter.Open(new ProbedSocket(socket), new App("/app", AddressSharing: false));

        connection.Receive(Peer.Heartbeat());
        connection.Receive(Peer.Heartbeat());
        ExpectNothing(socket);
        connection.Proceed();
        connection.Proceed();

        for (var i = 0; i < 2; i++)
        {
            socket.ExpectMsg(new Sent("CA"));
            socket.ExpectMsg(new Handled(1));
        }

        ExpectNothing(socket);
    }

    [Fact]
    public void They_do_not_wait_for_ever()
    {
        var socket = CreateTestProbe();
        var starter = new ConnectionStarter(Sys, new ProbedPost(CreateTestProbe()), new TestLease(), CreateTestProbe());
        var connection = starter.Open(new ProbedSocket(socket), new App("/app", AddressSharing: false));

        for (var i = 0; i < 16; i++)
            connection.Receive(Peer.Heartbeat());

        for (var i = 0; i < 16; i++)
        {
            socket.ExpectMsg(new Sent("CA"));
            socket.ExpectMsg(new Handled(1));
        }
    }
}
