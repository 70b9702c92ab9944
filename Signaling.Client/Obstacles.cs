using System.Globalization;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace Signaling.Client;

/// <summary>What can be in the way of a peer, and what to look at then.</summary>
public static class Obstacles
{
    private const int LongestShown = 24;

    /// <summary>Sees that a message is the one that has to come.</summary>
    public static void ThrowUnlessEqual(byte[] wanted, ReadOnlyMemory<byte> message)
    {
        if (!message.Span.SequenceEqual(wanted))
            throw SomethingElse($"{Show(message.Span)} came, not {Show(wanted)}");
    }

    /// <summary>What came is nothing that a signaling service says.</summary>
    public static PeerException SomethingElse(string found) => new(
        found, "see that the URL is one of a signaling service, and that no proxy changes what goes through it");

    /// <summary>The server closed a socket.</summary>
    public static PeerException Closed(int? status, string? reason, string path) => new(
        string.Create(CultureInfo.InvariantCulture, $"the socket was closed with {status?.ToString(CultureInfo.InvariantCulture) ?? "no code"}{(string.IsNullOrEmpty(reason) ? "" : $" \"{reason}\"")}"),
        (status, reason) switch
        {
            (1008, "Unknown app") => $"the path {path} is that of no app as the service sees it: see \"apps\" in its config.json, and whether a proxy before it changes paths",
            (1008, "Invalid token") => "the service wants a registered user token: give one by --user-token or SIGNALING_USER_TOKEN; docs/protocol.md says how to register it",
            (1001, _) => "the node stops: try again, and another one serves",
            _ => "docs/protocol.md says what the code means",
        });

    /// <summary>A socket ended without a close frame.</summary>
    public static PeerException Cut(Exception cause) => new(
        "the connection broke", "see the log of the service and of every proxy before it: a node that was killed, or a time-out that is shorter than the ping", cause);

    /// <summary>A handshake was not answered with a socket.</summary>
    /// <param name="status">The answer's status; 0: there was none.</param>
    /// <param name="error">What was caught.</param>
    public static PeerException NoSocket(int status, WebSocketException error)
    {
        if (status != 0)
        {
            var (remedy, mayPass) = LookAt(status);
            return new PeerException(string.Create(CultureInfo.InvariantCulture, $"the handshake was answered with {status}, not 101"), remedy, error) { MayPass = mayPass };
        }

        var cause = error.GetBaseException();
        return (cause as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => new("nobody listens there", "see that the service runs, and its host and port", error) { MayPass = true },
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData =>
                new("nobody knows a host of this name", "correct it, or see the name server", error) { MayPass = true },
            _ => new(
                $"no connection ({cause.Message.TrimEnd('.')})", "see the host, the port, whether it is ws or wss there, and what stands between", error)
            {
                MayPass = true,
            },
        };
    }

    private static (string Remedy, bool MayPass) LookAt(int status) => status switch
    {
        200 or 400 or 404 or 426 => ("what answers there takes no WebSockets at this path: see the port, and that a proxy passes on the headers Upgrade and Connection", false),
        401 or 403 => ("something before the service lets only some in", false),
        >= 300 and < 400 => ("it redirects, which WebSockets do not follow: use the URL it leads to, most often the same with wss", false),
        503 => ("the node stops or has not started, or the balancer knows none that is ready: see /health/ready of each", true),
        502 or 504 => ("the balancer reaches no node: see its log, and the nodes' host and port in its configuration", true),
        _ => ("see the log of the service and of every proxy before it", status >= 500),
    };

    private static string Show(ReadOnlySpan<byte> message) => message.Length <= LongestShown
        ? Convert.ToHexStringLower(message)
        : $"{Convert.ToHexStringLower(message[..LongestShown])}... ({message.Length} bytes)";
}
