using Microsoft.AspNetCore.Http.Features;

namespace Signaling.Gateway.Sockets;

/// <summary>Routes requests for a WebSocket, and no others.</summary>
internal sealed class UpgradeConstraint : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext is not null && IsUpgrade(httpContext);

    /// <summary>Whether a request asks for a WebSocket.</summary>
    public static bool IsUpgrade(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && context.Request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);
}
