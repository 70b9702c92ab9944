using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Signaling.Gateway.Certificates;
using Signaling.Gateway.Transport;

namespace Signaling.Gateway.ClusterPort;

/// <summary>Each shows its certificate and judges the other's.</summary>
[SuppressMessage("Security", "CA5398", Justification = "Old versions must stay out, whatever this machine allows.")]
internal sealed class TlsHandshake(NodeCertificate certificate) : IHandshake
{
    private const byte HandshakeRecord = 0x16;
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    public string Scheme => "ssl.tcp";

    public async Task<ConnectionContext?> LetInAsync(Socket socket, CancellationToken cancellation)
    {
        var first = new byte[1];
        if (await socket.ReceiveAsync(first, SocketFlags.Peek, cancellation) == 0)
            return null;
        if (first[0] != HandshakeRecord)
            throw new RefusedException(Refusal.Tls, "it does not speak TLS. A node of this cluster needs signaling.node.tls");

        return await ShakeAsync(
            socket,
            judge => new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Own.Context,
                ClientCertificateRequired = true,
                CertificateChainPolicy = certificate.Trust.PolicyFor(isServer: false),
                RemoteCertificateValidationCallback = (_, shown, chain, _) => judge(certificate.Trust.OfClient(shown as X509Certificate2, Sent(chain))),
                EnabledSslProtocols = Versions,
                AllowTlsResume = false, // each connection is judged anew
                AllowRenegotiation = false,
            },
            (stream, options) => stream.AuthenticateAsServerAsync(options, cancellation));
    }

    public Task<ConnectionContext> GoInAsync(Socket socket, string host, CancellationToken cancellation) => ShakeAsync(
        socket,
        judge => new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ClientCertificateContext = certificate.Own.Context,
            CertificateChainPolicy = certificate.Trust.PolicyFor(isServer: true),
            RemoteCertificateValidationCallback = (_, shown, chain, _) => judge(certificate.Trust.OfServer(shown as X509Certificate2, Sent(chain), host)),
            EnabledSslProtocols = Versions,
            AllowTlsResume = false,
            AllowRenegotiation = false,
        },
        (stream, options) => stream.AuthenticateAsClientAsync(options, cancellation));

    private static async Task<ConnectionContext> ShakeAsync<TOptions>(
        Socket socket, Func<Func<CertificateFault?, bool>, TOptions> options, Func<SslStream, TOptions, Task> authenticate)
    {
        CertificateFault? fault = null;
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await authenticate(stream, options(found =>
            {
                fault = found;
                return found is null;
            }));
            return new StreamConnection(stream);
        }
        catch (Exception error)
        {
            await stream.DisposeAsync();
            if (fault is not null)
                throw new RefusedException(Refusal.Certificate, $"its certificate {fault.What}; {fault.Remedy}", error);
            if (error is AuthenticationException or IOException)
                throw new RefusedException(Refusal.Tls, $"the TLS handshake has failed ({error.GetBaseException().Message.TrimEnd('.')})", error);
            throw;
        }
    }

    private static X509Certificate2Collection Sent(X509Chain? chain) => chain?.ChainPolicy.ExtraStore ?? [];
}
