using Akka.Actor;

namespace Signaling.Tests.Cluster.Neighbour;

/// <summary>Starts the <see cref="Greeter"/> with the actor system.</summary>
public sealed class GreeterExtension : ExtensionIdProvider<GreeterExtension.Started>
{
    public override Started CreateExtension(ExtendedActorSystem system)
    {
        system.ActorOf(Props.Create<Greeter>(), Greeter.Name);
        return new Started();
    }

    public sealed class Started : IExtension;
}
