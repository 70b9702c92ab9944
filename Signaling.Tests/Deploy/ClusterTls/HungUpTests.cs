using System.Net;
using System.Net.Sockets;
using Signaling.Tests.Faults;
using Xunit;

namespace Signaling.Tests.Deploy.ClusterTls;

public sealed class HungUpTests
{
    [Fact]
    public async Task A_node_that_is_hung_up_on_in_the_middle_of_a_handshake_goes_on()
    {
        using var ca = new ClusterCa();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = Ports.Take();
        await using var node = new LoneNode(
            "127.0.0.1", port, [$"127.0.0.1:{port}", listener.LocalEndpoint.ToString()!],
            (ca.Issue("node", "127.0.0.1"), await File.ReadAllTextAsync(ca.Certificate)),
            ("SIGNALING__NODE__CLUSTERSIZE", "1"));

        using (var socket = await listener.AcceptSocketAsync())
            Assert.Equal(1, await socket.ReceiveAsync(new byte[1]));

        await node.WaitForLineAsync("is not spoken to: the TLS handshake has failed");
        await node.WaitForLineAsync("listening on");
    }
}
