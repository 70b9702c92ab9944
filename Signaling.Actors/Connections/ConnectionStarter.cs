using Akka.Actor;
using Signaling.Actors.Dispatch;
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
    public IConnection Open(IPeerSocket socket, App app) =>
        new Connection(system.ActorOf(ConnectionActor.Props(post, lease, addresses, socket, app)));

    private sealed class Connection(IActorRef actor) : IConnection
    {
        private const int MostAtOnce = 16;
        private byte[]? _first;
        private List<byte[]>? _more;

        public void Receive(byte[] message)
        {
            if (_first is null)
                _first = message;
            else
                (_more ??= []).Add(message);
            if (_more?.Count + 1 >= MostAtOnce)
                Proceed();
        }

        public void Proceed()
        {
            if (_first is null)
                return;

            var received = (actor, _first, _more);
            (_first, _more) = (null, null);
            Chain.Begin(
                static received =>
                {
                    var (actor, first, more) = received;
                    actor.Tell(first, ActorRefs.NoSender);
                    foreach (var message in more ?? [])
                        actor.Tell(message, ActorRefs.NoSender);
                },
                received);
        }

        public void Written() => actor.Tell(ConnectionActor.SocketHasWritten.Instance, ActorRefs.NoSender);

        public void Closed()
        {
            Proceed();
            actor.Tell(ConnectionActor.PeerClosed.Instance, ActorRefs.NoSender);
        }
    }
}
