using System.Text.RegularExpressions;

namespace Signaling.Tests.Fuzzing.Http;

/// <summary>What must hold of all answers.</summary>
internal static class HttpAnswers
{
    /// <summary>What stands in a file that is not for anybody.</summary>
    public const string Secret = "SECRET-OUTSIDE";

    private const int LongestShown = 40;
    private const string Status = "HTTP/1.1 ";
    private const string Upgraded = Status + "101 ";

    // What Kestrel says to the first line of HTTP/2: a GOAWAY that asks for HTTP/1.1 (RFC 9113, 6.8 and 7).
    private const string NotHttp2 = "\0\0\b\a\0\0\0\0\0\0\0\0\0\0\0\0\r";

    // Kestrel's own answers to another version of HTTP and to another coding of bodies; and where all room for tokens is used.
    private static readonly string[] AllowedOf5 = ["501", "505", "507"];

    private static readonly Regex OfOtherPage = new(
        @"\AGET /shop(\?[^ \r\n]*)? HTTP/1\.1\r\n([^\r\n]+\r\n)*Origin: http://evil\r\n", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    private static readonly string[] Refusals = ["Invalid token", "Unknown app", "Origin not allowed"];

    /// <summary>Throws where something does not.</summary>
    /// <param name="caller">Who has asked.</param>
    /// <param name="said">All that it has said.</param>
    /// <param name="answer">All that it was answered.</param>
    public static void Check(HttpCaller caller, string said, string answer)
    {
        FuzzException.Unless(answer.Length == 0 || Has(answer, Status, 0) || Has(answer, NotHttp2, 0), $"This is no answer: {answer[..Math.Min(answer.Length, LongestShown)]}");
        FuzzException.Unless(!Has(answer, Secret), "A file is served that is not for anybody.");
        FuzzException.Unless(!Has(answer, HttpRequests.AdminToken), "The admin token is told.");
        CheckStatuses(caller, answer);

        var isAdmin = !caller.IsClosed && Has(said, HttpRequests.AdminToken);
        FuzzException.Unless(isAdmin || !Has(answer, "{\"registered\":true}"), "Somebody registers a token who may not.");
        FuzzException.Unless(isAdmin || caller.IsHere || !Has(answer, "\r\ndrained\n"), "Somebody drains the node who may not.");
        if (caller is { IsClosed: true, IsInside: false })
            CheckClosed(said, answer);
    }

    private static void CheckStatuses(HttpCaller caller, string answer)
    {
        var isFull = caller.IsClosed && Has(answer, "this node has as many sockets as it may");
        for (var at = answer.IndexOf(Status + '5', StringComparison.Ordinal); at >= 0; at = answer.IndexOf(Status + '5', at + 1, StringComparison.Ordinal))
        {
            var status = answer.Substring(at + Status.Length, 3);
            FuzzException.Unless(
                AllowedOf5.Contains(status, StringComparer.Ordinal) || (isFull && string.Equals(status, "503", StringComparison.Ordinal)), $"It is answered with {status}.");
        }
    }

    private static void CheckClosed(string said, string answer)
    {
        FuzzException.Unless(Count(answer, Status + "200 ") <= Count(answer, "X-Content-Type-Options: nosniff"), "A browser may take an answer for what it is not.");
        var isServed = Has(answer, Upgraded) && !Refusals.Any(reason => Has(answer, reason));
        FuzzException.Unless(!isServed || UserTokens.Good.Any(token => Has(said, token)), "A socket is served without a token.");
        FuzzException.Unless(!(isServed && Has(answer, Upgraded, 0)) || !OfOtherPage.IsMatch(said), "A socket is served to any page.");
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    private static bool Has(string text, string part, int at) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    private static int Count(string text, string part) => text.AsSpan().Count(part);
}
