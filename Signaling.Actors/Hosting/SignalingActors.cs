using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Signaling.Actors.Addresses;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages.Wire;
using Signaling.Actors.Nodes;
using IClusterMessage = Signaling.Actors.Messages.IClusterMessage;

namespace Signaling.Actors.Hosting;

/// <summary>Puts the service's actors into an actor system, one method per kind.</summary>
public static class SignalingActors
{
    /// <summary>
    /// How many shards the addresses are spread over: ten for each of thirty nodes. Fixed for the life of a cluster.
    /// </summary>
    public const int Shards = 300;

    private const string AddressRegion = "address";

    /// <summary>All of the service's actors.</summary>
    public static AkkaConfigurationBuilder WithSignaling(this AkkaConfigurationBuilder builder) => builder
        .WithSignalingMessages()
        .WithAddresses()
        .WithNode();

    /// <summary>The messages that travel between nodes.</summary>
    public static AkkaConfigurationBuilder WithSignalingMessages(this AkkaConfigurationBuilder builder) =>
        builder.WithCustomSerializer("signaling", [typeof(IClusterMessage)], system => new ClusterSerializer(system));

    /// <summary>The shard region of the addresses.</summary>
    public static AkkaConfigurationBuilder WithAddresses(this AkkaConfigurationBuilder builder) =>
        builder.WithShardRegion<AddressActor>(
            AddressRegion,
            (system, _, _) => key => AddressActor.Props(key, PostOf(system)),
            new AddressExtractor(Shards),
            new ShardOptions
            {
                StateStoreMode = StateStoreMode.DData,
                RememberEntities = false,
                PassivateIdleEntityAfter = TimeSpan.Zero, // by protocol, not by idleness
                HandOffStopMessage = AddressStop.Instance,
            });

    /// <summary>The node.</summary>
    public static AkkaConfigurationBuilder WithNode(this AkkaConfigurationBuilder builder) =>
        builder.WithActors((system, registry) =>
        {
            var addresses = registry.Get<AddressActor>();
            registry.Register<NodeActor>(system.ActorOf(NodeActor.Props(PostOf(system), addresses), NodeActor.Name));
        });

    /// <summary>Where the gateway announces the sockets that it accepts.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    public static IConnections ConnectionsOf(ActorSystem system) =>
        new ConnectionStarter(system, PostOf(system), AddressesOf(system));

    /// <summary>The shard region of the addresses.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    public static IActorRef AddressesOf(ActorSystem system) => ActorRegistry.For(system).Get<AddressActor>();

    private static NodePost PostOf(ActorSystem system) => system.WithExtension<NodePostExtension, NodePostProvider>().Post;

    private sealed class NodePostExtension(int node) : IExtension
    {
        public NodePost Post { get; } = new(node);
    }

    private sealed class NodePostProvider : ExtensionIdProvider<NodePostExtension>
    {
        public override NodePostExtension CreateExtension(ExtendedActorSystem system) =>
            new(Cluster.Get(system).SelfUniqueAddress.Uid);
    }
}
