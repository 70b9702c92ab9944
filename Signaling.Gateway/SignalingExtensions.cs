namespace Signaling.Gateway;

/// <summary>Puts the signaling service into an ASP.NET Core application.</summary>
public static class SignalingExtensions
{
    /// <summary>Adds the service.</summary>
    public static IServiceCollection AddSignaling(this IServiceCollection services) => services;
}
