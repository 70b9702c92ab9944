using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Tests.Deploy.ClusterTls;

/// <summary>Somebody who has found the port between nodes, at an address of its own.</summary>
[SuppressMessage("Security", "CA5359", Justification = "A stranger asks nobody who they are.")]
internal static class Stranger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Says something that is no TLS, or nothing, and returns when the node has hung up.</summary>
    public static async Task SpeakAsync(IPEndPoint node, string from, byte[] words)
    {
        using var socket = await ConnectAsync(node, from);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(words);
        await UntilHungUpAsync(stream);
    }

    /// <summary>Shows a certificate, believes whatever it is shown, and returns when the node has hung up.</summary>
    public static async Task ShowAsync(IPEndPoint node, string from, X509Certificate2? certificate)
    {
        using var socket = await ConnectAsync(node, from);
        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                ClientCertificates = certificate is null ? null : [certificate],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            });
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            return;
        }

        await UntilHungUpAsync(stream); // in TLS 1.3 it hears only now what the node thinks of it
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint node, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(node);
        return socket;
    }

    private static async Task UntilHungUpAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[1024];
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) > 0)
            {
                // The end of the handshake.
            }
        }
        catch (IOException)
        {
            // So it can be told too.
        }
    }
}
