using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Signaling.Tests.Deploy.Coturn;
using Signaling.Tests.Deploy.TryCall;
using Signaling.Tests.Faults;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Deploy.Balancer;

/// <summary>One port for the service and for coturn, by the real programs.</summary>
[Collection(BalancerCollection.Name)]
public sealed class Port443Tests(BalancedNodes nodes)
{
    private const string App = "/callapp";
    private const uint MagicCookie = 0x2112A442; // RFC 8489, section 5
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task By_its_name_a_connection_goes_to_the_service_or_to_coturn_and_both_know_where_it_comes_from()
    {
        await nodes.WholeAsync();
        var turnPort = Ports.Take();
        await using var turn = await TurnServer.StartBehindProxyAsync("a secret", turnPort);
        await using var balancer = await RunningBalancer.StartAsync(RunningBalancer.Port443, nodes, turnPort: turnPort);

        var tried = await TriedCommand.RunAsync($"{balancer.SecureApp(App)}", "--insecure");
        Assert.True(tried.ExitCode == 0, tried.Error);
        tried = await TriedCommand.RunAsync($"{balancer.App(App)}");
        Assert.True(tried.ExitCode == 0, tried.Error);

        var (own, seen) = await AskCoturnAsync(balancer.TlsPort);
        Assert.Equal(own, seen);

        var port = await ShakeHandsAsync(balancer.TlsPort);
        await Eventually.BecomesAsync(
            () => nodes.LogLines($"[127.0.0.1:{port}] connected on ").Lines.Count, lines => lines == 1, Patience);
    }

    /// <summary>Asks by STUN over TLS who it is.</summary>
    private static async Task<(IPEndPoint Own, IPEndPoint Seen)> AskCoturnAsync(int port)
    {
        using var tcp = new TcpClient(AddressFamily.InterNetwork);
        await using var tls = await ConnectAsync(tcp, port, TurnServer.Realm);
        var request = new byte[20];
        BinaryPrimitives.WriteUInt16BigEndian(request, 1); // a Binding request without attributes
        BinaryPrimitives.WriteUInt32BigEndian(request.AsSpan(4), MagicCookie);
        await tls.WriteAsync(request);

        var head = new byte[20];
        await tls.ReadExactlyAsync(head);
        Assert.Equal(0x0101, BinaryPrimitives.ReadUInt16BigEndian(head));
        var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2))];
        await tls.ReadExactlyAsync(body);
        return ((IPEndPoint)tcp.Client.LocalEndPoint!, MappedAddressIn(body));
    }

    private static IPEndPoint MappedAddressIn(ReadOnlySpan<byte> attributes)
    {
        const int XorMappedAddress = 0x0020;
        while (BinaryPrimitives.ReadUInt16BigEndian(attributes) != XorMappedAddress)
            attributes = attributes[(4 + ((BinaryPrimitives.ReadUInt16BigEndian(attributes[2..]) + 3) & ~3))..];
        var address = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(address, BinaryPrimitives.ReadUInt32BigEndian(attributes[8..]) ^ MagicCookie);
        return new IPEndPoint(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(attributes[6..]) ^ (int)(MagicCookie >> 16));
    }

    /// <summary>Opens a WebSocket.</summary>
    /// <returns>The port that it comes from.</returns>
    private static async Task<int> ShakeHandsAsync(int port)
    {
        using var tcp = new TcpClient(AddressFamily.InterNetwork);
        await using var tls = await ConnectAsync(tcp, port, "localhost");
        await tls.WriteAsync("GET /callapp HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"u8.ToArray());
        var status = new byte[12];
        await tls.ReadExactlyAsync(status);
        Assert.Equal("HTTP/1.1 101"u8, status);
        return ((IPEndPoint)tcp.Client.LocalEndPoint!).Port;
    }

    private static async Task<SslStream> ConnectAsync(TcpClient tcp, int port, string name)
    {
        using var patience = new CancellationTokenSource(Patience);
        await tcp.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = name, RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null }, patience.Token);
        return tls;
    }
}
