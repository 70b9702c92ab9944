using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Signaling.Tests.Compatibility;
using Signaling.Tests.Gateway.Limits;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Origins;

/// <summary>Which pages are let in, by real handshakes with the headers that browsers send.</summary>
public sealed class AllowedOriginsTests
{
    private const string Refused = "1008 Origin not allowed";
    private const string LetIn = "let in";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Without_a_list_the_open_mode_lets_all_in()
    {
        await using var node = await TestNode.StartAsync();

        Assert.Equal(LetIn, await AskAsync(node.Http, "https://evil.org"));
        Assert.Equal(LetIn, await AskAsync(node.Http, "null"));
    }

    [Fact]
    public async Task Without_a_list_the_strict_mode_lets_pages_of_its_own_host_in_and_who_is_no_page()
    {
        await using var node = await TestNode.StartAsync(options => options.Strict = true);
        using var reached = new ReachedLimits(node.Services);

        Assert.Equal(LetIn, await AskAsync(node.Http, origin: null));
        Assert.Equal(LetIn, await AskAsync(node.Http, "https://signal.example.com"));
        Assert.Equal(LetIn, await AskAsync(node.Http, "http://Signal.Example.com:3000"));
        Assert.Equal(Refused, await AskAsync(node.Http, "https://example.com"));
        Assert.Equal(Refused, await AskAsync(node.Http, "https://signal.example.com.evil.org"));
        Assert.Equal(Refused, await AskAsync(node.Http, "null"));
        Assert.Equal(Refused, await AskAsync(node.Http, "garbage"));
        Assert.Equal(4, reached["Origin not allowed"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_counts_in_either_mode_and_that_of_an_app_before_that_of_all(bool strict)
    {
        await using var node = await TestNode.StartAsync(options =>
        {
            options.Strict = strict;
            options.Origins = ["https://example.com", "https://*.example.com"];
            options.Apps.Single(app => app.Path is "/test").Origins = ["null"];
        });

        Assert.Equal(LetIn, await AskAsync(node.Http, "https://example.com"));
        Assert.Equal(LetIn, await AskAsync(node.Http, "https://www.example.com"));
        Assert.Equal(LetIn, await AskAsync(node.Http, origin: null));
        Assert.Equal(Refused, await AskAsync(node.Http, "https://evil.org"));
        Assert.Equal(Refused, await AskAsync(node.Http, "null"));
        Assert.Equal(LetIn, await AskAsync(node.Http, "null", "/test"));
        Assert.Equal(Refused, await AskAsync(node.Http, "https://example.com", "/test"));
    }

    [Fact]
    public async Task A_star_opens_the_strict_mode()
    {
        await using var node = await TestNode.StartAsync(options => (options.Strict, options.Origins) = (true, ["*"]));

        Assert.Equal(LetIn, await AskAsync(node.Http, "https://evil.org"));
        Assert.Equal(LetIn, await AskAsync(node.Http, "null"));
    }

    [Fact]
    public async Task The_host_that_a_trusted_proxy_was_asked_for_is_the_services_and_anybody_elses_word_does_not_count()
    {
        const string Forwarded = "X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Host: talk.example.com\r\n";
        var proxy = IPAddress.Parse("127.0.9.1");
        await using var gateway = await StrictGateway.StartAsync(("proxies__trusted", "127.0.9.0/24"));

        Assert.Equal(LetIn, await AskAsync(gateway.Http, "https://talk.example.com", headers: Forwarded, from: proxy));
        Assert.Equal(Refused, await AskAsync(gateway.Http, "https://signal.example.com", headers: Forwarded, from: proxy));
        Assert.Equal(Refused, await AskAsync(gateway.Http, "https://talk.example.com", headers: Forwarded));
        Assert.Equal(LetIn, await AskAsync(gateway.Http, "https://signal.example.com", headers: Forwarded));
    }

    [Fact]
    public async Task What_is_no_origin_keeps_the_service_from_starting()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestNode.StartAsync(options => options.Origins = ["example.com"]));
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestNode.StartAsync(options => options.Apps[0].Origins = ["example.com"]));
    }

    /// <summary>Asks for a socket of <c>signal.example.com</c>, and says what comes of it.</summary>
    private static async Task<string> AskAsync(Uri server, string? origin, string path = "/callapp", string headers = "", IPAddress? from = null)
    {
        using var late = new CancellationTokenSource(Patience);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from ?? IPAddress.Loopback, 0));
        await socket.ConnectAsync(IPAddress.Loopback, server.Port, late.Token);
        await using var stream = new NetworkStream(socket);
        var answer = await RawHttp.AskAsync(
            stream,
            $"GET {path} HTTP/1.1\r\nHost: signal.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{headers}" +
            (origin is null ? "" : $"Origin: {origin}\r\n") + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            late.Token);
        Assert.StartsWith("HTTP/1.1 101 ", answer, StringComparison.Ordinal);

        // A heartbeat, masked with zeros, is answered where the peer is let in.
        await stream.WriteAsync((byte[])[0x82, 0x81, 0, 0, 0, 0, 202], late.Token);
        var (_, opcode, payload) = await WebSocketFrame.Read(stream, late.Token);
        return opcode == BarePeer.Close ? $"{(payload[0] << 8) | payload[1]} {System.Text.Encoding.UTF8.GetString(payload[2..])}" : LetIn;
    }
}
