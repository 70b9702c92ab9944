using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Signaling.Gateway.Limits;

/// <summary>What who asks for a socket is told when a limit is reached.</summary>
/// <param name="Limit">The limit, as figures call it.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="RetryAfter">After how many seconds another attempt may do better.</param>
/// <param name="Text">What it says.</param>
internal sealed record HandshakeRefusal(string Limit, int Status, int RetryAfter, string Text)
{
    public static readonly HandshakeRefusal NodeIsFull = new(
        LimitNames.Sockets, StatusCodes.Status503ServiceUnavailable, 1, "Service Unavailable: this node has as many sockets as it may. Try again, to reach another one.");

    public static readonly HandshakeRefusal TooManyOfAddress = new(
        LimitNames.SocketsPerAddress, StatusCodes.Status429TooManyRequests, 10, "Too Many Requests: your address has as many sockets open as it may.");

    public static readonly HandshakeRefusal TooManyOfToken = new(
        LimitNames.SocketsPerToken, StatusCodes.Status429TooManyRequests, 10, "Too Many Requests: your user token has as many sockets open as it may.");

    public static readonly HandshakeRefusal TooOften = new(
        LimitNames.HandshakesPerSecond, StatusCodes.Status429TooManyRequests, 1, "Too Many Requests: your address asks for sockets too often.");

    /// <summary>Answers a request with it.</summary>
    public Task AnswerAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.Headers[HeaderNames.RetryAfter] = RetryAfter.ToString(CultureInfo.InvariantCulture);
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(Text);
    }
}
