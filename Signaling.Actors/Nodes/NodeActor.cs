using Akka.Actor;
using Akka.Cluster;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The node: the shell of a <see cref="NodeState"/>. It hands on what other nodes send to its connections and
/// addresses, and tells these when another node has left.
/// </summary>
public sealed class NodeActor : UntypedActor, INodeEffects
{
    /// <summary>The actor's name, the same on every node, so that the others find it.</summary>
    public const string Name = "node";

    private readonly NodePost _post;
    private readonly IActorRef _addresses;
    private readonly NodeState _state;

    /// <summary>Made by <see cref="Props"/>.</summary>
    public NodeActor(NodePost post, IActorRef addresses)
    {
        _post = post;
        _addresses = addresses;
        _state = new NodeState(this);
        _post.Add(post.Node, Self);
    }

    /// <summary>How to make one.</summary>
    /// <param name="post">The node's post.</param>
    /// <param name="addresses">The shard region of the addresses.</param>
    public static Props Props(NodePost post, IActorRef addresses) =>
        Akka.Actor.Props.Create(() => new NodeActor(post, addresses));

    /// <inheritdoc/>
    protected override void PreStart() => Cluster.Get(Context.System).Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
        typeof(ClusterEvent.MemberJoined),
        typeof(ClusterEvent.MemberWeaklyUp),
        typeof(ClusterEvent.MemberUp),
        typeof(ClusterEvent.MemberRemoved));

    /// <inheritdoc/>
    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Parcel parcel when parcel.Node == _post.Node:
                _post.Deliver(parcel.Number, parcel.Letter, Sender);
                break;
            case Parcel parcel:
                // Meant for an earlier process under this node's address.
                _state.Answer(new Undeliverable(parcel.Letter));
                break;
            case Undeliverable undeliverable:
                _state.Answer(undeliverable);
                break;
            case ClusterEvent.MemberRemoved removed:
                _post.Remove(removed.Member.UniqueAddress.Uid);
                _post.TellAll(new NodeLost(removed.Member.UniqueAddress.Uid), Self);
                break;
            case ClusterEvent.MemberStatusChange change:
                Add(change.Member.UniqueAddress);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    void INodeEffects.Request(IAddressRequest request) => _addresses.Tell(request, Self);

    void INodeEffects.Tell(AddressUid to, ILetter letter) => _post.Send(to.Node, to.Number, letter, Self);

    private void Add(UniqueAddress node)
    {
        if (node.Uid == _post.Node)
            return;

        var path = new RootActorPath(node.Address) / "user" / Name;
        _post.Add(node.Uid, ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(path));
    }
}
