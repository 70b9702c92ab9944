using Microsoft.AspNetCore.Http.Features;
using Signaling.Gateway.Sockets;

namespace Signaling.Gateway.Tokens;

/// <summary>Routes plain requests for exactly <see cref="TokenEndpoint.Path"/>.</summary>
internal sealed class TokenPathConstraint : IRouteConstraint
{
    public bool Match(
        HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        httpContext?.Features.Get<IHttpRequestFeature>() is { } request
        && string.Equals(RequestTarget.Parse(request.RawTarget).Path, TokenEndpoint.Path, StringComparison.Ordinal)
        && !UpgradeConstraint.IsUpgrade(httpContext);
}
