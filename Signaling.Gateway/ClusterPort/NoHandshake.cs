using System.Net.Sockets;

namespace Signaling.Gateway.ClusterPort;

/// <summary>Whoever reaches the port between nodes is let in, and nothing is encrypted.</summary>
internal sealed class NoHandshake : IHandshake
{
    public string Scheme => "tcp";

    public Task<Stream?> LetInAsync(Socket socket, CancellationToken cancellation) => Task.FromResult<Stream?>(StreamOf(socket));

    public Task<Stream> GoInAsync(Socket socket, string host, CancellationToken cancellation) => Task.FromResult<Stream>(StreamOf(socket));

    private static NetworkStream StreamOf(Socket socket) => new NetworkStream(socket, ownsSocket: true);
}
