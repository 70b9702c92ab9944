using Microsoft.AspNetCore.Http.Features;

namespace Signaling.Gateway.Sockets;

/// <summary>Routes requests for a WebSocket, and no others.</summary>
internal sealed class UpgradeConstraint : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is not null && IsUpgrade(httpContext);

    /// <summary>Whether a request asks for a WebSocket: by an upgrade, or as a stream of HTTP/2.</summary>
    public static bool IsUpgrade(HttpContext context) =>
        (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && IsWebSocket(context.Request.Headers.Upgrade))
        || (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect && IsWebSocket(connect.Protocol));

    private static bool IsWebSocket(string? protocol) => string.Equals(protocol, "websocket", StringComparison.OrdinalIgnoreCase);
}
