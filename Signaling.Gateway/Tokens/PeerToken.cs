using Signaling.Gateway.Sockets;

namespace Signaling.Gateway.Tokens;

/// <summary>
/// Where a peer has its token: in the query of its URL as <c>userToken</c>, else in the header <c>Authorization</c>, else among its
/// sub-protocols, which is the only other place where a browser can put it.
/// </summary>
internal static class PeerToken
{
    private const string QueryKey = "userToken";
    private const string Bearer = "Bearer ";
    private const string ProtocolPrefix = "bearer.";

    /// <summary>Finds it; null: there is none.</summary>
    /// <param name="request">The handshake.</param>
    /// <param name="target">Its target.</param>
    /// <param name="protocols">The sub-protocols that are offered.</param>
    public static string? Of(HttpRequest request, RequestTarget target, IList<string> protocols) =>
        target.QueryValue(QueryKey) ?? OfHeader(request) ?? protocols.FirstOrDefault(IsToken)?[ProtocolPrefix.Length..];

    /// <summary>That of the header, where it is one of a bearer; null: it is none.</summary>
    public static string? OfHeader(HttpRequest request)
    {
        string? authorization = request.Headers.Authorization;
        return authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true ? authorization[Bearer.Length..] : null;
    }

    /// <summary>
    /// The sub-protocol to choose, if any: a client that offers some takes the connection for failed unless one is. A token is chosen only
    /// where there is nothing else.
    /// </summary>
    public static string? Choose(IList<string> protocols) => protocols.FirstOrDefault(protocol => !IsToken(protocol)) ?? protocols.FirstOrDefault();

    private static bool IsToken(string protocol) => protocol.StartsWith(ProtocolPrefix, StringComparison.Ordinal);
}
