using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Actors.Hosting;

namespace Signaling.Tests.Actors;

/// <summary>Actor systems with the configuration that the service runs with.</summary>
internal static class ActorSystems
{
    /// <summary>The base file, which every profile has under it.</summary>
    public static Config Base { get; } = Read("base");

    /// <summary>Starts a node as the service does, up to the messages. It joins no cluster by itself.</summary>
    public static ActorSystem StartNode()
    {
        var services = new ServiceCollection();
        services.AddAkka("signaling", builder => builder
            .AddHocon(Read("dev").WithFallback(Base), HoconAddMode.Prepend)
            .WithSignalingMessages());
        return services.BuildServiceProvider().GetRequiredService<ActorSystem>();
    }

    private static Config Read(string name) =>
        ConfigurationFactory.ParseString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", name + ".conf")));
}
