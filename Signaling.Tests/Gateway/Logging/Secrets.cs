using System.Net.Sockets;
using System.Text;
using Signaling.Actors.Protocol;
using Signaling.Tests.Gateway.Tokens;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Logging;

/// <summary>Texts that nobody but those they are for may ever read, said to a node in every way that there is.</summary>
internal static class Secrets
{
    public const string AdminToken = "xAdminTokenx";
    public const string UserToken = "xUserTokenx";
    public const string Address = "xAddressx";

    private const string Guess = "xGuessx";
    private const string Payload = "xPayloadx";
    private const string Header = "xHeaderx";
    private const string Junk = "xJunkx";

    private const short Id = 1;
    private const short Guest = 16384;

    // It is part of none of the others, and of nothing else.
    private static readonly string[] All = [AdminToken, UserToken, Guess, Payload, Header, Junk];

    /// <summary>Looks for them, but for addresses, in what was written.</summary>
    public static void AssertUnsaid(IEnumerable<string> written) => Assert.All(written, line =>
        Assert.All(All, secret => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Tells a node all of them, by every endpoint, rightly and wrongly.</summary>
    /// <param name="http">Its public endpoint.</param>
    /// <param name="to">Where the one who is called is connected: this node, or another of its cluster.</param>
    public static async Task TellAsync(Uri http, Uri to)
    {
        await TellWithoutSocketsAsync(http);
        await CallAsync(SocketOf(http), SocketOf(to));
        await BeRefusedAsync(SocketOf(http));
    }

    /// <summary>Tells a node those that it can be told without a socket.</summary>
    public static async Task TellWithoutSocketsAsync(Uri http)
    {
        await RegisterAsync(http);
        await AskAsync(http);
        await ShakeHandsBadlyAsync(http);
        await BabbleAsync(http);
    }

    private static async Task RegisterAsync(Uri http)
    {
        await TokenApi.AskAsync(http, $$"""{"userToken": "{{UserToken}}", "timeout": 600}""", AdminToken);
        await TokenApi.AskAsync(http, $$"""{"userToken": "{{UserToken}}", "timeout": 600}""", $"Bearer {Guess}");
        await TokenApi.AskAsync(http, $$"""{"userToken": "{{Payload}}", "timeout": -1}""", AdminToken);
        await TokenApi.AskAsync(http, $"{{{Junk}", AdminToken);
        await TokenApi.AskAsync(http, new string('x', 100_000) + Junk, AdminToken);
        await TokenApi.AskAsync(http, body: null, AdminToken, "PUT", $"{Signaling.Gateway.Tokens.TokenEndpoint.Path}?token={Guess}");
    }

    // On the public listener the admin API is no endpoint, and its target is a file that is not there.
    private static async Task AskAsync(Uri http)
    {
        foreach (var authorization in (string[])[$"Bearer {AdminToken}", $"Bearer {Guess}"])
        {
            await TokenApi.AskAsync(http, body: null, authorization, "GET", $"/api/ice?app=/callapp&userToken={UserToken}&more={Junk}");
            await TokenApi.AskAsync(http, body: null, authorization, "GET", $"/admin/trace?app=/callapp&address={Address}&more={Junk}");
            await TokenApi.AskAsync(http, body: null, authorization, "GET", $"/admin/address?app=/callapp&address={Address}");
        }
    }

    private static async Task CallAsync(Uri app, Uri to)
    {
        var sdp = Encoding.UTF8.GetBytes($"v=0\r\na=ice-pwd:{Payload}\r\na=candidate:1 1 udp 1 {Payload}.local 9 typ host\r\n");
        await using var listener = await TestPeer.ListenAsync(to.WithToken(UserToken), Address);
        await using var second = await TestPeer.ConnectAsync(app.WithToken(UserToken));
        await second.SendAsync(Frame.Of(EventType.ServerInitialized, FrameHeader.NoId, Address));
        await second.ExpectAsync(Frame.Of(EventType.ServerInitFailed, FrameHeader.NoId, Address));
        await second.SendAsync(Encoding.UTF8.GetBytes(Junk), System.Net.WebSockets.WebSocketMessageType.Text, endOfMessage: true);
        await second.SendAsync([77, 1, 0, 0, .. Encoding.UTF8.GetBytes(Junk)]);
        await second.SendAsync(Frame.Of(EventType.ReliableMessageReceived, Id, sdp)); // on no link

        await using var caller = await TestPeer.ConnectAsync(app.WithToken(UserToken));
        await caller.SendAsync(Frame.Of(EventType.NewConnection, Id, Address));
        await caller.ExpectAsync(Frame.Of(EventType.NewConnection, Id));
        await listener.ExpectAsync(Frame.Of(EventType.NewConnection, Guest));
        await caller.SendAsync(Frame.Of(EventType.ReliableMessageReceived, Id, sdp));
        await listener.ExpectAsync(Frame.Of(EventType.ReliableMessageReceived, Guest, sdp));
        await listener.SendAsync(Frame.Of(EventType.UnreliableMessageReceived, Guest, Payload));
        await caller.ExpectAsync(Frame.Of(EventType.UnreliableMessageReceived, Id, Payload));
        listener.Abort();
        await caller.ExpectAsync(Frame.Of(EventType.Disconnected, Id));
    }

    private static async Task BeRefusedAsync(Uri app)
    {
        await using var guess = await TestPeer.ConnectAsync(app.WithToken(Guess));
        await guess.ExpectCloseAsync();
        await using var unknown = await TestPeer.ConnectAsync(new Uri(app, $"/nowhere?userToken={UserToken}&more={Junk}"), $"bearer.{Header}");
        await unknown.ExpectCloseAsync();
        await using var large = await TestPeer.ConnectAsync(app.WithToken(UserToken));
        await large.SendAsync([.. Encoding.UTF8.GetBytes(Junk), .. new byte[3_000_000]]);
        await large.ExpectCloseAsync();
    }

    private static async Task ShakeHandsBadlyAsync(Uri http)
    {
        string[] handshakes =
        [
            "Sec-WebSocket-Version: 99\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Junk}\r\n",
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: bearer.{Header}\r\n",
            $"Sec-WebSocket-Version: {Junk}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer {Header}\r\n",
        ];
        foreach (var headers in handshakes)
        {
            await SayAsync(http, $"GET /callapp?userToken={UserToken} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{headers}Cookie: a={Header}\r\n\r\n");
        }
    }

    // No path is a secret: the framework's log of its routing has them.
    private static async Task BabbleAsync(Uri http)
    {
        string[] requests =
        [
            $"GET /?token={Junk} HTTP/1.1\r\nHost: x\r\n\r\n",
            $"GET /callapp?userToken={UserToken} HTTP/1.1\r\nHost: x\r\nAuthorization: {Header}\r\n\r\n",
            $"GET /x\u0001?userToken={UserToken} HTTP/1.1\r\nHost: x\r\n\r\n",
            $"GET /%00x?userToken={UserToken} HTTP/1.1\r\nHost: x\r\n\r\n",
            $"GET /callapp?userToken={UserToken} HTTP/9.{Junk}\r\nHost: x\r\n\r\n",
            $"GET callapp?userToken={UserToken} HTTP/1.1\r\nHost: x\r\n\r\n",
            $"GET {UserToken}\r\n\r\n",
            $"{UserToken} / HTTP/1.1\r\nHost: x\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: {Junk} {Junk}\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: x\r\nAuthorization {Header}\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: x\r\nAuthorization : {Header}\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: {Header}\u0001\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: x\r\n {Header}\r\n\r\n",
            $"POST /api/admin/regUserToken HTTP/1.1\r\nHost: x\r\nAuthorization: {AdminToken}\r\nContent-Length: {Junk}\r\n\r\n",
            $"POST /api/admin/regUserToken HTTP/1.1\r\nHost: x\r\nAuthorization: {AdminToken}\r\nTransfer-Encoding: {Junk}\r\n\r\n",
            $"POST /api/admin/regUserToken HTTP/1.1\r\nHost: x\r\nAuthorization: {AdminToken}\r\nTransfer-Encoding: chunked\r\n\r\n{Junk}\r\n{UserToken}\r\n",
            $"POST /api/admin/regUserToken HTTP/1.1\r\nHost: x\r\nAuthorization: {AdminToken}\r\nContent-Length: 50\r\n\r\n{UserToken}",
            $"GET /?{Junk}={new string('y', 20_000)} HTTP/1.1\r\nHost: x\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: x\r\nX: {Header}{new string('y', 50_000)}\r\n\r\n",
            $"\u0016\u0003\u0001{Junk}",
        ];
        foreach (var request in requests)
            await SayAsync(http, request);
    }

    // Says something, waits for the answer, if one comes at all, and breaks off.
    private static async Task SayAsync(Uri http, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(http.Host, http.Port);
        try
        {
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream);
            await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            // Hung up on, too.
        }
    }

    private static Uri SocketOf(Uri http) => new($"ws://{http.Authority}/callapp");
}
