using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Signaling.Actors.Addresses;
using Signaling.Actors.Connections;
using Signaling.Actors.Messages;
using Signaling.Actors.Messages.Wire;
using Signaling.Actors.Nodes;
using Signaling.Actors.Protocol;
using IClusterMessage = Signaling.Actors.Messages.IClusterMessage;

namespace Signaling.Actors.Hosting;

/// <summary>Puts the service's actors into an actor system, one method per kind.</summary>
public static class SignalingActors
{
    private const string AddressRegion = "address";

    /// <summary>
    /// What decides where an address lives and who may serve, by names for people. It changes only with a full stop, so all nodes
    /// of a cluster have the same.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Agreed { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["number of shards"] = $"{Shards.Count}",
        ["hash of addresses"] = AddressKey.Hash,
        ["lease"] = $"{Lease.Length} ms",
    };

    /// <summary>All of the service's actors.</summary>
    public static AkkaConfigurationBuilder WithSignaling(this AkkaConfigurationBuilder builder) => builder
        .WithSignalingMessages()
        .WithAddresses()
        .WithNode();

    /// <summary>The messages that travel between nodes.</summary>
    public static AkkaConfigurationBuilder WithSignalingMessages(this AkkaConfigurationBuilder builder) =>
        builder.WithCustomSerializer("signaling", [typeof(IClusterMessage)], system => new ClusterSerializer(system)).WithNarrowSerializers();

    /// <summary>The shard region of the addresses.</summary>
    public static AkkaConfigurationBuilder WithAddresses(this AkkaConfigurationBuilder builder) =>
        builder.WithShardRegion<AddressActor>(
            AddressRegion,
            (system, _, _) =>
            {
                var (post, lease, _) = NodeExtensionOf(system);
                return key => AddressActor.Props(key, post, lease);
            },
            new AddressExtractor(),
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
            var (post, lease, desk) = NodeExtensionOf(system);
            var node = NodeActor.Props(post, lease, registry.Get<AddressActor>(), desk);
            registry.Register<NodeActor>(system.ActorOf(node, NodeActor.Name));
        });

    /// <summary>Where the gateway announces the sockets that it accepts.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    public static IConnections ConnectionsOf(ActorSystem system)
    {
        var (post, lease, _) = NodeExtensionOf(system);
        return new ConnectionStarter(system, post, lease, AddressesOf(system));
    }

    /// <summary>The shard region of the addresses.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    public static IActorRef AddressesOf(ActorSystem system) => ActorRegistry.For(system).Get<AddressActor>();

    /// <summary>The node.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    public static IActorRef NodeOf(ActorSystem system) => ActorRegistry.For(system).Get<NodeActor>();

    /// <summary>The node's lease.</summary>
    /// <param name="system">An actor system with the service's configuration.</param>
    public static NodeLease LeaseOf(ActorSystem system) => NodeExtensionOf(system).Lease;

    /// <summary>How the node is.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<NodeStatus> StatusOfAsync(ActorSystem system, CancellationToken cancellation) =>
        NodeOf(system).Ask<NodeStatus>(AskStatus.Instance, cancellation);

    /// <summary>
    /// Waits until the node serves no connection any more, has told others of all that were, and that no more will come. It
    /// must not be given one afterwards.
    /// </summary>
    /// <param name="system">A started system with the service's actors.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task TakeLeaveAsync(ActorSystem system, CancellationToken cancellation) =>
        NodeOf(system).Ask<LeaveTaken>(TakeLeave.Instance, cancellation);

    /// <summary>The reservations that the node's connections hold.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<IReadOnlyList<Messages.Standing>> StandingsOfAsync(ActorSystem system, CancellationToken cancellation) =>
        (await NodeOf(system).Ask<Standings>(AskStandings.Instance, cancellation)).All;

    /// <summary>How a peer of this node is.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    /// <param name="peer">Its connection.</param>
    /// <param name="patience">How long the answer may take.</param>
    /// <returns>Null: it is not here, or does not answer.</returns>
    public static async Task<PeerReport?> PeerOfAsync(ActorSystem system, ConnectionUid peer, TimeSpan patience)
    {
        try
        {
            return NodeExtensionOf(system).Post.ConnectionOf(peer) is { } connection
                ? (await connection.Ask<PeerAnswered>(AskPeer.Instance, patience)).Report
                : null;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    /// <summary>Tells a connection of this node something on behalf of who runs the service: <see cref="Dismiss"/> or <see cref="CloseAddress"/>.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    /// <param name="peer">The connection.</param>
    /// <param name="what">What it is told.</param>
    /// <returns>Whether it is there.</returns>
    public static bool TryTellPeer(ActorSystem system, ConnectionUid peer, object what)
    {
        var connection = NodeExtensionOf(system).Post.ConnectionOf(peer);
        connection?.Tell(what, ActorRefs.NoSender);
        return connection is not null;
    }

    /// <summary>Puts a question to every node of the cluster, this one included.</summary>
    /// <param name="system">A started system with the service's actors.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static Task<NodesAnswered> AskNodesAsync(ActorSystem system, AskNodes question, CancellationToken cancellation) =>
        NodeOf(system).Ask<NodesAnswered>(question, cancellation);

    /// <summary>Says who answers such questions on this node. Until then nobody does.</summary>
    /// <param name="system">An actor system with the service's configuration.</param>
    /// <param name="desk">Who answers.</param>
    public static void OpenDesk(ActorSystem system, IDesk desk) => NodeExtensionOf(system).Desk.Behind = desk;

    private static NodeExtension NodeExtensionOf(ActorSystem system) =>
        system.WithExtension<NodeExtension, NodeExtensionProvider>();

    private sealed record NodeExtension(NodePost Post, NodeLease Lease, LateDesk Desk) : IExtension;

    /// <summary>The node starts before who answers is known.</summary>
    private sealed class LateDesk : IDesk
    {
        public IDesk? Behind { get; set; }

        public Task<byte[]> AnswerAsync(string topic, ReadOnlyMemory<byte> body) =>
            Behind?.AnswerAsync(topic, body) ?? throw new InvalidOperationException("The node starts.");
    }

    private sealed class NodeExtensionProvider : ExtensionIdProvider<NodeExtension>
    {
        public override NodeExtension CreateExtension(ExtendedActorSystem system) =>
            new(new NodePost(Cluster.Get(system).SelfUniqueAddress.Uid), new NodeLease(system.Scheduler), new LateDesk());
    }
}
