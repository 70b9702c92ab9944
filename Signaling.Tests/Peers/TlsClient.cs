using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Signaling.Tests.Peers;

/// <summary>A client that trusts one root alone.</summary>
internal static class TlsClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Shakes hands with a server of this machine.</summary>
    /// <param name="port">Its port.</param>
    /// <param name="root">The root that its certificate is to lead to, by those that it sends along.</param>
    /// <param name="host">The name that its certificate is to be for.</param>
    /// <param name="protocols">What the client would speak, what it likes best first.</param>
    public static async Task<SslStream> ConnectAsync(
        int port, X509Certificate2 root, string host = "localhost", params List<SslApplicationProtocol> protocols)
    {
        using var late = new CancellationTokenSource(Patience);
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, late.Token);
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = TrustIn(root), ApplicationProtocols = protocols }, late.Token);
        return tls;
    }

    /// <summary>The thumbprint of the certificate that a new connection is shown.</summary>
    public static async Task<string> SeeAsync(int port, X509Certificate2 root, string host = "localhost")
    {
        await using var tls = await ConnectAsync(port, root, host);
        return ((X509Certificate2)tls.RemoteCertificate!).Thumbprint;
    }

    /// <summary>Whether what a server has shown leads to a root, whatever it is called.</summary>
    public static bool Trusts(X509Certificate2 root, X509Certificate? shown, X509Chain? chain)
    {
        if (shown is not X509Certificate2 certificate || chain is null)
            return false;

        var trust = TrustIn(root);
        trust.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        chain.ChainPolicy = trust;
        return chain.Build(certificate);
    }

    /// <summary>What has a chain be trusted where it leads to a root.</summary>
    public static X509ChainPolicy TrustIn(X509Certificate2 root)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(root);
        return policy;
    }
}
