using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Signaling.Actors.Protocol;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Sockets;

public sealed class HandshakeTests(OneNode node) : IClassFixture<OneNode>
{
    private const string Upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
    private const string Key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private const string Version = "Sec-WebSocket-Version: 13\r\n";

    [Theory]
    [InlineData("GET", Upgrade)]
    [InlineData("GET", Upgrade + Version)]
    [InlineData("GET", Upgrade + Key)]
    [InlineData("GET", Upgrade + Key + "Sec-WebSocket-Version: 8\r\n")]
    [InlineData("GET", Upgrade + Version + "Sec-WebSocket-Key: short\r\n")]
    [InlineData("POST", Upgrade + Version + Key + "Content-Length: 0\r\n")]
    [InlineData("GET", Upgrade + Version + Key + "Sec-WebSocket-Protocol: a b\r\n")]
    [InlineData("GET", Upgrade + Version + Key + "Sec-WebSocket-Protocol: <a>\r\n")]
    [InlineData("GET", Upgrade + Version + Key + "Sec-WebSocket-Protocol: caf\u00c3\u00a9\r\n")]
    public async Task What_is_no_handshake_is_a_bad_request_that_says_what_is_spoken(string method, string headers)
    {
        var answer = await RawHttp.SendAsync(node.Node.Http, $"{method} /callapp HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Version: 13\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_may_be_a_stream_of_HTTP_2()
    {
        await using var modern = await TestNode.StartAsync(build: builder =>
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2)));
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        await socket.ConnectAsync(modern.App("/callapp"), invoker, late.Token);
        await socket.SendAsync(Frame.Version(), WebSocketMessageType.Binary, endOfMessage: true, late.Token);

        var answer = new byte[100];
        var received = await socket.ReceiveAsync(answer.AsMemory(), late.Token);
        Assert.Equal(Frame.Version(), answer[..received.Count]);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", late.Token);
        Assert.Equal("bye", socket.CloseStatusDescription);
    }
}
