using System.Net;
using System.Text;
using Signaling.Tests.Peers;
using Xunit;

namespace Signaling.Tests.Gateway.Tokens;

public sealed class TokenEndpointTests(TokenNode tokens, OneNode open) : IClassFixture<TokenNode>, IClassFixture<OneNode>
{
    private const string Body = """{"userToken": "abc", "timeout": 60}""";

    private Uri Node => tokens.Node.Http;

    [Theory]
    [InlineData("POST", TokenApi.AdminToken)]
    [InlineData("POST", $"Bearer {TokenApi.AdminToken}")]
    [InlineData("POST", $"bearer {TokenApi.AdminToken}")]
    [InlineData("GET", $"Bearer {TokenApi.AdminToken}")]
    public async Task A_token_is_registered(string method, string authorization) =>
        Assert.Equal((HttpStatusCode.OK, """{"registered":true}"""), await TokenApi.AskAsync(Node, Body, authorization, method));

    [Fact]
    public async Task One_connection_serves_any_number_of_registrations()
    {
        var request = RegistrationWith($"Content-Length: {Body.Length}", Body);
        var last = RegistrationWith($"Connection: close\r\nContent-Length: {Body.Length}", Body);

        var answers = await RawHttp.SendLastAsync(Node, $"{request}{request}{last}");

        Assert.Equal(3, answers.Split("HTTP/1.1 200 OK").Length - 1);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("wrong")]
    [InlineData($"Basic {TokenApi.AdminToken}")]
    [InlineData($"Bearer Bearer {TokenApi.AdminToken}")]
    [InlineData($"{TokenApi.AdminToken}x")]
    [InlineData("ADMIN, PÄSS: WORD")]
    public async Task Nobody_else_may(string? authorization) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenApi.AskAsync(Node, Body, authorization)).Status);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("anything")]
    public async Task Where_no_admin_token_is_configured_nobody_may_at_all(string? authorization) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenApi.AskAsync(open.Node.Http, Body, authorization)).Status);

    [Fact]
    public async Task A_wrong_admin_token_learns_nothing_of_what_else_is_wrong() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenApi.AskAsync(Node, new string('x', 100_000), "wrong")).Status);

    [Theory]
    [InlineData("not json", "Bad Request: the body is not JSON.")]
    [InlineData("{}", "Bad Request: \"userToken\" has to be a string.")]
    [InlineData("""{"userToken": "\ud800", "timeout": 1}""", "Bad Request: \"userToken\" has half a character: a lone surrogate, which no peer could send.")]
    [InlineData("""{"userToken": "a", "timeout": -1}""", "Bad Request: \"timeout\" has to be a number of seconds, 0 or more.")]
    public async Task What_can_not_be_read_is_answered_with_what_is_wrong(string body, string error) =>
        Assert.Equal((HttpStatusCode.BadRequest, error), await TokenApi.AskAsync(Node, body));

    [Fact]
    public async Task A_request_without_a_body_is_a_bad_one() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await TokenApi.AskAsync(Node, body: null, method: "GET")).Status);

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    public async Task Other_methods_are_not_allowed(string method)
    {
        var answer = await RawHttp.SendAsync(
            Node, $"{method} /api/admin/regUserToken HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 405 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nAllow: GET, POST\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_just_the_limit_is_read_and_one_byte_more_is_too_large()
    {
        const int Limit = 16 * 1024;
        var filler = new string('x', Limit - Body.Length + "abc".Length);

        Assert.Equal(HttpStatusCode.OK, (await TokenApi.AskAsync(Node, Body.Replace("abc", filler, StringComparison.Ordinal))).Status);
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "Payload Too Large: see signaling.tokens.maxRequestBytes."),
            await TokenApi.AskAsync(Node, Body.Replace("abc", filler + "x", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_body_without_end_is_too_large_as_soon_as_the_limit_is_passed()
    {
        var answer = await RawHttp.SendAsync(
            Node, RegistrationWith("Transfer-Encoding: chunked", $"5000\r\n{new string(' ', 0x5000)}\r\n"));

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/admin/reguserToken")]
    [InlineData("/API/admin/regUserToken")]
    [InlineData("/api/admin/regUserToken/")]
    [InlineData("/api/admin/%72egUserToken")]
    [InlineData("//api/admin/regUserToken")]
    public async Task Another_path_is_another_path(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await TokenApi.AskAsync(Node, Body, path: path)).Status);

    [Fact]
    public async Task A_query_changes_nothing() =>
        Assert.Equal(HttpStatusCode.OK, (await TokenApi.AskAsync(Node, Body, path: "/api/admin/regUserToken?x=1")).Status);

    [Fact]
    public async Task A_socket_on_its_path_is_a_peer_of_an_unknown_app()
    {
        await TokenApi.RegisterAsync(Node, "a socket");
        await using var peer = await TestPeer.ConnectAsync(tokens.Node.App("/api/admin/regUserToken").WithToken("a socket"));

        Assert.Equal((1008, "Unknown app"), await peer.ExpectCloseAsync());
    }

    private static string RegistrationWith(string headers, string body) =>
        $"POST /api/admin/regUserToken HTTP/1.1\r\nHost: localhost\r\nAuthorization: {AsBytes(TokenApi.AdminToken)}\r\n{headers}\r\n\r\n{body}";

    // Each character stands for a byte, as it is sent.
    private static string AsBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
