using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Hosting;

public sealed class TlsTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task A_client_that_trusts_the_root_alone_gets_the_chain_and_trusts_the_server()
    {
        await using var tls = await TlsClient.ConnectAsync(gateway.HttpsPort, gateway.Certificates.Root);

        Assert.Equal(gateway.Certificates.Leaf.Thumbprint, ((X509Certificate2)tls.RemoteCertificate!).Thumbprint);
    }

    [Fact]
    public async Task Http_1_is_chosen_whatever_the_client_prefers()
    {
        await using var tls = await TlsClient.ConnectAsync(
            gateway.HttpsPort, gateway.Certificates.Root, protocols: [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11]);

        Assert.Equal(SslApplicationProtocol.Http11, tls.NegotiatedApplicationProtocol);
    }
}
