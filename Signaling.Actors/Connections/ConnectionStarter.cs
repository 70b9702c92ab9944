using Akka.Actor;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Connections;

/// <summary>Starts one <see cref="ConnectionActor"/> per socket.</summary>
/// <param name="system">Where they live.</param>
/// <param name="post">Delivers their letters.</param>
/// <param name="lease">The node's right to serve.</param>
/// <param name="addresses">The shard region of the addresses.</param>
public sealed class ConnectionStarter(ActorSystem system, IPost post, ILease lease, IActorRef addresses) : IConnections
{
    /// <inheritdoc/>
    public IConnection Open(IPeerSocket socket, App app, PeerRights rights) =>
        new Connection(system.ActorOf(ConnectionActor.Props(post, lease, addresses, socket, app, rights)));

    private sealed class Connection(IActorRef actor) : IConnection
    {
        public void Receive(byte[] message) => actor.Tell(message, ActorRefs.NoSender);

        public void Deny(byte[] message) => actor.Tell(new ConnectionActor.DeniedMessage(message), ActorRefs.NoSender);

        public void Written() => actor.Tell(ConnectionActor.SocketHasWritten.Instance, ActorRefs.NoSender);

        public void Closed() => actor.Tell(ConnectionActor.PeerClosed.Instance, ActorRefs.NoSender);
    }
}
