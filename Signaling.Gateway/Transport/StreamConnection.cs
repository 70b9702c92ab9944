using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Signaling.Gateway.Transport;

/// <summary>A connection whose bytes go through a stream of .NET's, as those of TLS do.</summary>
internal sealed class StreamConnection : DefaultConnectionContext
{
    private readonly Stream _stream;

    /// <param name="stream">The stream, which is closed with the connection.</param>
    public StreamConnection(Stream stream)
    {
        _stream = stream;
        Transport = new StreamPipe(stream);
    }

    /// <summary>Tells the other end that nothing more comes. What it says is still read.</summary>
    public async Task EndOutputAsync()
    {
        if (_stream is SslStream tls)
            await tls.ShutdownAsync();
        else if (_stream is NetworkStream { Socket: var socket })
            socket.Shutdown(SocketShutdown.Send);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await base.DisposeAsync();
    }
}
