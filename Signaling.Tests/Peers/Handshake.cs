using System.Text.RegularExpressions;

namespace Signaling.Tests.Peers;

/// <summary>Asks for a WebSocket, for what is answered.</summary>
internal static partial class Handshake
{
    /// <summary>The answer's status, and how many seconds it asks to wait.</summary>
    public static async Task<(string Status, string RetryAfter)> AskAsync(Uri server, string target = "/callapp")
    {
        var answer = await RawHttp.SendAsync(
            server,
            $"GET {target} HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        return (answer.Split(' ')[1], RetryAfter().Match(answer).Groups["seconds"].Value);
    }

    [GeneratedRegex("Retry-After: (?<seconds>[0-9]+)\r\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RetryAfter();
}
