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

        var connection = starter.Open(new ProbedSocket(socket), new App("/app", AddressSharing: false), PeerRights.All);
        connection.Receive(Peer.Heartbeat());
        connection.Closed();
        connection.Closed();

        socket.ExpectMsg(new Sent("CA"));
        socket.ExpectMsg(new Handled(1));
        socket.ExpectMsg(new Closed(CloseStatus.Normal));
    }
}
