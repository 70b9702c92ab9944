using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;
using Signaling.Gateway.Configuration;

namespace Signaling.Gateway;

/// <summary>Puts the signaling service into an ASP.NET Core application.</summary>
public static class SignalingExtensions
{
    /// <summary>Adds the service.</summary>
    public static IServiceCollection AddSignaling(this IServiceCollection services, Action<SignalingOptions> configure) =>
        services.Configure(configure);

    /// <summary>Maps the sockets.</summary>
    public static IEndpointConventionBuilder MapSignaling(this IEndpointRouteBuilder endpoints) => endpoints.Map(
        RoutePatternFactory.Parse("{**path}", null, new { path = new Upgrades() }),
        context => { context.Response.StatusCode = 400; return Task.CompletedTask; });

    private sealed class Upgrades : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext?.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };
    }
}
