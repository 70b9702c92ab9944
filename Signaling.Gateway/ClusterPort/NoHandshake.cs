using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Signaling.Gateway.Transport;

namespace Signaling.Gateway.ClusterPort;

/// <summary>Whoever reaches the port between nodes is let in, and nothing is encrypted.</summary>
internal sealed class NoHandshake : IHandshake
{
    public string Scheme => "tcp";

    public Task<ConnectionContext?> LetInAsync(Socket socket, CancellationToken cancellation) => Task.FromResult<ConnectionContext?>(Open(socket));

    public Task<ConnectionContext> GoInAsync(Socket socket, string host, CancellationToken cancellation) => Task.FromResult(Open(socket));

    // Where peers and nodes are heard of together, what comes from both for a node travels together.
    private static ConnectionContext Open(Socket socket) => EpollTransport.IsSupported
        ? new SocketConnection(socket, EventLoop.Next())
        : new StreamConnection(new NetworkStream(socket, ownsSocket: true));
}
