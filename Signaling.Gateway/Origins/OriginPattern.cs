using System.Text.RegularExpressions;

namespace Signaling.Gateway.Origins;

/// <summary>Some origins of web pages: one, all below a name, those of pages that have none, or every one.</summary>
internal sealed partial class OriginPattern
{
    private const string Wildcard = "*.";

    private readonly string _start;
    private readonly string? _end; // of all below a name

    private OriginPattern(string start, string? end) => (_start, _end) = (start, end);

    /// <summary>Reads one; null where it is none.</summary>
    public static OriginPattern? Parse(string text)
    {
        if (text is "*" or "null")
            return new OriginPattern(text, end: null);

        var match = Written().Match(text);
        if (!match.Success)
            return null;

        var (scheme, host) = (match.Groups["scheme"].Value, match.Groups["host"].Value);
        var port = IsDefaultPort(scheme, match.Groups["port"].Value) ? "" : match.Groups["port"].Value; // as browsers leave it out
        return host.StartsWith(Wildcard, StringComparison.Ordinal)
            ? new OriginPattern(scheme, host[1..] + port)
            : new OriginPattern(scheme + host + port, end: null);
    }

    /// <summary>Whether an origin is among them.</summary>
    /// <param name="origin">As it stands in the request.</param>
    public bool Matches(string origin)
    {
        if (_start is "*")
            return true;
        if (_end is null)
            return origin.Equals(_start, StringComparison.OrdinalIgnoreCase);

        return origin.Length > _start.Length + _end.Length
            && origin.StartsWith(_start, StringComparison.OrdinalIgnoreCase)
            && origin.EndsWith(_end, StringComparison.OrdinalIgnoreCase)
            && Names().IsMatch(origin[_start.Length..^_end.Length]);
    }

    private static bool IsDefaultPort(string scheme, string port) =>
        (scheme.Equals("https://", StringComparison.OrdinalIgnoreCase) && port is ":443")
        || (scheme.Equals("http://", StringComparison.OrdinalIgnoreCase) && port is ":80");

    [GeneratedRegex(
        @"\A(?<scheme>[a-z][a-z0-9+.-]*://)(?<host>(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?<port>:[0-9]{1,5})?\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();

    [GeneratedRegex(
        @"\A[a-z0-9_-]+(\.[a-z0-9_-]+)*\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
