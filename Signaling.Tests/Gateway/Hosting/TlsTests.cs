using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Signaling.Tests.Gateway.Hosting;

public sealed class TlsTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task A_client_that_trusts_the_root_alone_gets_the_chain_and_trusts_the_server()
    {
        await using var tls = await ConnectAsync([SslApplicationProtocol.Http11]);

        Assert.Equal(gateway.Certificates.Leaf.Thumbprint, ((X509Certificate2)tls.RemoteCertificate!).Thumbprint);
    }

    [Fact]
    public async Task Http_1_is_chosen_whatever_the_client_prefers()
    {
        await using var tls = await ConnectAsync([SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]);

        Assert.Equal(SslApplicationProtocol.Http11, tls.NegotiatedApplicationProtocol);
    }

    private async Task<SslStream> ConnectAsync(List<SslApplicationProtocol> protocols)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.HttpsPort);
        var tls = new SslStream(client.GetStream());
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        trust.CustomTrustStore.Add(gateway.Certificates.Root);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CertificateChainPolicy = trust,
            ApplicationProtocols = protocols,
        });
        return tls;
    }
}
