using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Tests.Fuzzing.ClusterPort;

/// <summary>Somebody who connects to the port of a node, or whom a node connects to, in the clear or by TLS.</summary>
[SuppressMessage("Security", "CA5359", Justification = "A stranger does not care whom it talks to.")]
internal sealed class PortCaller : IDisposable
{
    private readonly Socket _socket;
    private Stream _stream;

    private PortCaller(Socket socket)
    {
        (_socket, _stream) = (socket, new NetworkStream(socket));
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Where it is.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Connects.</summary>
    /// <param name="port">The node's.</param>
    /// <param name="from">The address to come from.</param>
    public static async Task<PortCaller> ConnectAsync(IPEndPoint port, IPAddress from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(port);
        return new PortCaller(socket);
    }

    /// <summary>Waits to be dialled.</summary>
    /// <param name="listener">Where.</param>
    public static async Task<PortCaller> AcceptAsync(Socket listener) => new(await listener.AcceptAsync());

    /// <summary>Shakes hands, whoever the node is.</summary>
    /// <param name="certificate">What it shows; null: nothing.</param>
    public Task ShakeAsync(SslStreamCertificateContext? certificate) => DareAsync(async () =>
    {
        var tls = new SslStream(_stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            ClientCertificateContext = certificate,
            CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        _stream = tls;
    });

    public Task SayAsync(byte[] bytes) => DareAsync(async () => await _stream.WriteAsync(bytes));

    /// <summary>Says that nothing more comes.</summary>
    public Task EndAsync() => DareAsync(async () =>
    {
        if (_stream is SslStream tls)
            await tls.ShutdownAsync();
        _socket.Shutdown(SocketShutdown.Send);
    });

    /// <summary>Breaks the connection.</summary>
    public void Break() => _socket.Close(timeout: 0);

    /// <summary>Hears all that the node says until it hangs up.</summary>
    public async Task<byte[]> HearAsync()
    {
        using var all = new MemoryStream();
        await DareAsync(async () => await _stream.CopyToAsync(all));
        return all.ToArray();
    }

    public void Dispose() => _socket.Dispose();

    // The node may hang up at any time.
    private static async Task DareAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception gone) when (gone is SocketException or IOException or ObjectDisposedException or AuthenticationException or InvalidOperationException)
        {
            // What has come before is what there is.
        }
    }
}
