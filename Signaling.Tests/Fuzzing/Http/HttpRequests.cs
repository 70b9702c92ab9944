using System.Text;
using Signaling.Tests.Gateway.WebSockets;
using Signaling.Tests.Simulation;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>Requests as clients send them, and as none does.</summary>
internal static class HttpRequests
{
    public const string UserToken = "welcome";

    public const string AdminToken = "fuzz-admin";

    private const byte Binary = 2;

    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "CONNECT", "TRACE", "get", "PRI", "G\u00e4"];

    private static readonly string[] Targets =
    [
        "/", "/callapp", $"/callapp?userToken={UserToken}", $"/?userToken={UserToken}", "/callapp?userToken=", $"/callapp?userToken={UserToken}&userToken={UserToken}", "/nope",
        "/callapp?a=%zz&b=%00&userToken=%F0%9F%98%80", "/api/admin/regUserToken", "/api/admin/regUserToken?x", "/api/admin/regusertoken", "/api/admin/regUserToken/",
        "/file", "/folder", "/folder/", "/folder/?a=b", "/folder/index.html", "/demo/", "/demo", "/demo/config.json", "/index.html", "/secret.txt", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt", "/..%5csecret.txt", "/..\\secret.txt", "/%252e%252e/secret.txt", "//../secret.txt", "/folder/..%2f..%2fsecret.txt", "/.%00./secret.txt", "/folder/../../secret.txt",
        "/%c0%ae%c0%ae/secret.txt", "/file%00.html", "/file/", "/file/../../config.json", "/public/../secret.txt", "/....//secret.txt", "/~/secret.txt", "/C:/secret.txt", "/proc/self/environ", "//etc/passwd",
        "http://localhost/../secret.txt", "http://localhost", "https://a:1/callapp?userToken=welcome", "http://", "://", "*", "a:443", "/#a", "/?#", "/%", "/%2", "/%ff%fe", "/\u00e4",
        "/shop", "/shared", $"/shop?userToken={UserTokens.Good[0]}", $"/callapp?userToken={UserTokens.Good[0]}",
        "/health/live", "/health/ready", "/health/started", "/node", "/node/drain", "/metrics", "/health", "/node/../node", "/health/live/", "/dashboard/", "/dashboard", "/dashboard/../uplot",
    ];

    private static readonly string[] Headers =
    [
        "Host: localhost", "Host: localhost", "Host:", "Host: a b", "Host: [::1]:80", "Connection: Upgrade", "Connection: close", "Connection: keep-alive, Upgrade", "Upgrade: websocket", "Upgrade: h2c", "Upgrade: WebSocket, x",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", "Sec-WebSocket-Version: ", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Key: short", "Sec-WebSocket-Protocol: a, b", "Sec-WebSocket-Protocol: <a>",
        "Sec-WebSocket-Protocol: ,", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits", $"Authorization: Bearer {AdminToken}", $"Authorization: {AdminToken}", "Authorization: Bearer", "Authorization: ",
        "Content-Length: 0", "Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 4294967297", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: identity",
        "Expect: 100-continue", "Expect: x", "Range: bytes=0-3", "Range: bytes=-1,0-0,5-", "Range: bytes=99999999999999999999-", "Range: x", "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT", "If-None-Match: *", "If-Match: \"x\"", "If-Range: x",
        "Accept: */*", "Accept: application/openmetrics-text;version=1.0.0;q=0.5", "Accept: ;;q=", "Accept-Encoding: gzip;q=x", "X-Forwarded-For: 1.2.3.4, x", "X-Forwarded-Proto: https", "Origin: http://evil", "Cookie: a=b", "Content-Type: application/json; charset=x",
        "Content-Type: ;", " folded: x", "x y: z", ": empty", "X:\u00ff", "Trailer: a", "TE: trailers", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", "Keep-Alive: timeout=0",
    ];

    private static readonly string[] Bodies =
    [
        "", "hello", new('x', 20_000), "{\"timeout\":1}", "{\"userToken\":\"a\"}", "{\"userToken\":\"a\",\"timeout\":\"1\"}", "{\"userToken\":\"a\",\"timeout\":-1}", "{\"userToken\":\"a\",\"timeout\":1}", "{\"userToken\":\"b\",\"timeout\":1e308}", "{\"userToken\":\"b\",\"timeout\":1e999}", "{\"userToken\":\"b\",\"timeout\":-0}", "{\"userToken\":\"\\uD800\",\"timeout\":5}", "{\"userToken\":5}",
        "{\"userToken\":\"\",\"timeout\":0}", "[]", "null", "{\"\\uD800\":1}", "\u00ff\u00fe", "{\"userToken\":\"a\",\"timeout\":1}{", "5\r\nhello\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFF\r\n", "-1\r\n", "5;a=b\r\nhello\r\n0\r\na: b\r\n\r\n", "0\r\n\r\n",
    ];

    // Pages that are let in by all, by the host's name, by one app, and by none.
    private static readonly string[] Origins =
    [
        "http://evil", "http://evil", "https://shop.example", "https://a.shop.example", "https://shop.example:443", "https://a.b.shop.example", "https://.shop.example", "https://a..shop.example", "http://localhost:8080", "https://page.example",
        "null", "", "*", "https://shop.example.evil", "HTTPS://SHOP.EXAMPLE", "localhost", "file://", "https://xshop.example",
    ];

    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "[::1]:80", "evil", ""];

    /// <summary>One of all kinds.</summary>
    public static byte[] Any(Chance chance) => chance.Below(5) switch
    {
        0 => Handshake(chance),
        1 => Registration(chance),
        2 => Bytes($"GET {chance.Of<string>(Targets)} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        3 => chance.Percent(50) ? Drain(chance) : Handshake(chance),
        _ => Mixed(chance),
    };

    /// <summary>Asks for a socket.</summary>
    public static byte[] Handshake(Chance chance)
    {
        var token = chance.Below(5) switch
        {
            0 => UserToken,
            1 => chance.Of<string>([.. UserTokens.Bad]),
            2 when chance.Percent(20) => "",
            _ => chance.Of<string>([.. UserTokens.Good]),
        };
        var path = chance.Of<string>(["/callapp", "/callapp", "/callapp", "/shop", "/shop", "/shared", "/nope"]);
        var (query, header) = chance.Below(4) switch
        {
            0 => ("", $"Authorization: {(chance.Percent(80) ? "Bearer" : "bearer")} {token}\r\n"),
            1 => ("", $"Sec-WebSocket-Protocol: {(chance.Percent(50) ? "a, " : "")}bearer.{token}\r\n"),
            2 when chance.Percent(10) => ("", ""),
            _ => ($"?userToken={token}", ""),
        };
        var origin = chance.Percent(40) ? $"Origin: {chance.Of<string>(Origins)}\r\n" : "";
        var head = $"GET {(chance.Percent(80) ? path + query : chance.Of<string>(Targets))} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{header}{origin}{(chance.Percent(20) ? chance.Of<string>(Headers) + "\r\n" : "")}\r\n";
        return chance.Percent(50) ? Bytes(head) : [.. Bytes(head), .. ClientFrame.Of(Binary, Mutator.Any(chance, 30))];
    }

    private static byte[] Registration(Chance chance)
    {
        var body = chance.Of<string>(Bodies);
        return Bytes(
            $"{(chance.Percent(70) ? "POST" : chance.Of<string>(Methods))} /api/admin/regUserToken HTTP/1.1\r\nHost: localhost\r\n" +
            $"{Admin(chance)}Content-Length: {body.Length}\r\n\r\n{body}");
    }

    private static byte[] Drain(Chance chance)
    {
        var host = chance.Of<string>(Hosts);
        var page = chance.Below(10) switch
        {
            0 or 1 => "Origin: http://evil\r\n",
            2 => $"Origin: http://{host}\r\n",
            3 => $"Sec-Fetch-Site: {chance.Of<string>(["cross-site", "same-origin", "none", ""])}\r\n",
            _ => "",
        };
        return Bytes($"POST /node/drain HTTP/1.1\r\nHost: {host}\r\n{(chance.Percent(50) ? Admin(chance) : "")}{page}Content-Length: 0\r\n\r\n");
    }

    private static string Admin(Chance chance) => chance.Below(10) switch
    {
        0 or 1 => "",
        2 => "Authorization: wrong\r\n",
        3 or 4 => $"Authorization: Bearer {AdminToken}\r\n",
        _ => $"Authorization: {AdminToken}\r\n",
    };

    private static byte[] Mixed(Chance chance) => Bytes(
        $"{chance.Of<string>(Methods)} {chance.Of<string>(Targets)} HTTP/{(chance.Percent(90) ? "1.1" : chance.Of<string>(["1.0", "0.9", "2.0", "9.9", "1.1.1", ""]))}\r\n" +
        string.Concat(Enumerable.Range(0, chance.Below(9)).Select(_ => chance.Of<string>(Headers) + "\r\n")) + $"\r\n{chance.Of<string>(Bodies)}");

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
