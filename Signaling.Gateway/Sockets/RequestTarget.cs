using Microsoft.AspNetCore.WebUtilities;

namespace Signaling.Gateway.Sockets;

/// <summary>
/// The path and query of a request exactly as they stand in its first line: nothing decoded, no case folded, no slash
/// added, so that <c>/Test</c>, <c>/test/</c> and <c>/te%73t</c> are three paths.
/// </summary>
/// <param name="Path">The path.</param>
/// <param name="Query">The query without its question mark.</param>
internal readonly record struct RequestTarget(string Path, string Query)
{
    /// <summary>Reads a request's target.</summary>
    /// <param name="raw">As it stands in the request's first line: <c>/path?query</c>, or a whole URL as proxies send it.</param>
    public static RequestTarget Parse(string raw)
    {
        var target = raw.AsSpan();
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0 && target[0] != '/')
        {
            target = target[(scheme + 3)..];
            var host = target.IndexOfAny('/', '?', '#');
            target = host < 0 ? "/" : target[host] == '/' ? target[host..] : $"/{target[host..]}";
        }

        var fragment = target.IndexOf('#');
        if (fragment >= 0)
            target = target[..fragment];
        var query = target.IndexOf('?');
        return query < 0
            ? new RequestTarget(target.ToString(), "")
            : new RequestTarget(target[..query].ToString(), target[(query + 1)..].ToString());
    }

    /// <summary>The value of a query key, compared exactly; null where it is not there, or there more than once.</summary>
    public string? QueryValue(string key)
    {
        string? value = null;
        foreach (var pair in new QueryStringEnumerable(Query))
        {
            if (!pair.DecodeName().Span.SequenceEqual(key))
                continue;
            if (value is not null)
                return null;
            value = pair.DecodeValue().ToString();
        }

        return value;
    }
}
