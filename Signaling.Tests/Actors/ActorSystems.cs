using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Signaling.Actors.Hosting;

namespace Signaling.Tests.Actors;

/// <summary>Actor systems with the configuration that the service runs with.</summary>
internal static class ActorSystems
{
    private const string Name = "signaling";

    /// <summary>The base file, which every profile has under it.</summary>
    public static Config Base { get; } = Read("base");

    private static Config Dev { get; } = Read("dev").WithFallback(Base);

    /// <summary>Starts a node with the service's messages, but none of its actors. It joins no cluster by itself.</summary>
    public static ActorSystem StartNode()
    {
        var services = new ServiceCollection();
        services.AddAkka(Name, builder => builder.AddHocon(Dev, HoconAddMode.Prepend).WithSignalingMessages());
        return services.BuildServiceProvider().GetRequiredService<ActorSystem>();
    }

    /// <summary>A node with all of the service's actors. It joins no cluster by itself.</summary>
    public static IHost BuildService()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka(Name, akka => akka.AddHocon(Dev, HoconAddMode.Prepend).WithSignaling());
        return builder.Build();
    }

    private static Config Read(string name) =>
        ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", name + ".conf")));
}
