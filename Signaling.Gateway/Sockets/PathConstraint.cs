using Microsoft.AspNetCore.Http.Features;

namespace Signaling.Gateway.Sockets;

/// <summary>Routes plain requests for exactly one path.</summary>
/// <param name="path">The path, compared as it stands in the request.</param>
internal sealed class PathConstraint(string path) : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext?.Features.Get<IHttpRequestFeature>() is { } request
        && string.Equals(RequestTarget.Parse(request.RawTarget).Path, path, StringComparison.Ordinal)
        && !UpgradeConstraint.IsUpgrade(httpContext);
}
