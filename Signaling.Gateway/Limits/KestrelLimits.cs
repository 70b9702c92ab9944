using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Signaling.Gateway.Limits;

/// <summary>What Kestrel itself looks after: connections that are no sockets of peers yet, and requests for anything else.</summary>
internal static class KestrelLimits
{
    // What has a body here is the registration of a user token, of which signaling.tokens.maxRequestBytes allows less.
    private const long LargestBody = 2 * 1024 * 1024;

    // As Node.js has it.
    private const int StrictHeaderBytes = 16 * 1024;
    private const int StrictHeaders = 64;

    /// <summary>Sets them.</summary>
    /// <param name="kestrel">Those of Kestrel.</param>
    /// <param name="limits">Those of the service.</param>
    /// <param name="strict">The mode.</param>
    public static void Set(this KestrelServerLimits kestrel, LimitsInForce limits, bool strict)
    {
        kestrel.MaxRequestBodySize = LargestBody;
        if (strict)
            (kestrel.MaxRequestHeadersTotalSize, kestrel.MaxRequestHeaderCount) = (StrictHeaderBytes, StrictHeaders);

        // A connection that says nothing has the one, one that has begun a request the other.
        if (limits.HandshakeTime is { } most)
            (kestrel.KeepAliveTimeout, kestrel.RequestHeadersTimeout) = (most, most);

        // Per listener, and beyond the sockets, so that who finds no room for one is still told so. Kestrel's limit of upgraded
        // connections would not do: it counts them only as long as HTTP has them.
        if (limits.Sockets < int.MaxValue)
            kestrel.MaxConcurrentConnections = limits.Sockets + Math.Max(100, limits.Sockets / 4);
    }
}
