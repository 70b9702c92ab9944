using Signaling.Gateway.Configuration;

namespace Signaling.Gateway;

/// <summary>Puts the signaling service into an ASP.NET Core application.</summary>
public static class SignalingExtensions
{
    /// <summary>Adds the service.</summary>
    public static IServiceCollection AddSignaling(this IServiceCollection services, Action<SignalingOptions> configure) =>
        services.Configure(configure);

    /// <summary>Maps the sockets.</summary>
    public static IEndpointConventionBuilder MapSignaling(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/api/admin/regUserToken", ["POST"], () => Results.Unauthorized());
}
