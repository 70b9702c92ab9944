using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The node: the shell of a <see cref="NodeState"/>. It tells connections and addresses when another node has left or is lost,
/// and answers for those of them that are gone.
/// </summary>
public sealed class NodeActor : UntypedActor, INodeEffects
{
    /// <summary>The actor's name, the same on every node, so that the others find it.</summary>
    public const string Name = "node";

    private readonly NodePost _post;
    private readonly NodeLease _lease;
    private readonly IActorRef _addresses;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ClusterSnapshot _snapshot = new();
    private readonly NodeState _state;
    private readonly IActorRef _desk;
    private readonly List<IActorRef> _leaving = [];
    private ICancelable? _tick;
    private long _tickAt = long.MaxValue;

    /// <summary>Made by <see cref="Props"/>.</summary>
    public NodeActor(NodePost post, NodeLease lease, IActorRef addresses, IDesk desk)
    {
        _post = post;
        _lease = lease;
        _addresses = addresses;
        _state = new NodeState(post.Node, this);
        _post.Open(Self);
        Context.ActorOf(LaneEnd.Props(post), LaneEnd.Name);
        _desk = Context.ActorOf(DeskActor.Props(post, desk), DeskActor.Name);
    }

    private static long Now => (long)Context.System.Scheduler.MonotonicClock.TotalMilliseconds;

    /// <summary>How to make one.</summary>
    /// <param name="post">The node's post.</param>
    /// <param name="lease">The node's lease, as others see it.</param>
    /// <param name="addresses">The shard region of the addresses.</param>
    /// <param name="desk">Who answers what is asked for who runs the service.</param>
    public static Props Props(NodePost post, NodeLease lease, IActorRef addresses, IDesk desk) =>
        Akka.Actor.Props.Create(() => new NodeActor(post, lease, addresses, desk)).WithDispatcher(ChainDispatcher.Name);

    /// <inheritdoc/>
    protected override void PreStart() => _cluster.Subscribe(
        Self,
        ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot,
        typeof(ClusterEvent.IMemberEvent),
        typeof(ClusterEvent.IReachabilityEvent));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _tick?.Cancel();
        _cluster.Unsubscribe(Self);
        if (CoordinatedShutdown.Get(Context.System).ShutdownReason is null)
            _lease.End(); // this actor has failed, and nobody else can keep what the node has promised
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (!Take(message))
        {
            Unhandled(message);
            return;
        }

        if (_leaving.Count > 0 && _state.IsIdle && _post.Connections == 0)
            Leave();

        if (_state.Due < _tickAt)
        {
            _tick?.Cancel();
            _tickAt = _state.Due;
            _tick = Context.System.Scheduler.ScheduleTellOnceCancelable(
                TimeSpan.FromMilliseconds(Math.Max(0, _tickAt - Now)), Self, Tick.Instance, Self);
        }
    }

    void INodeEffects.Request(IAddressRequest request) => _addresses.Tell(request, Self);

    void INodeEffects.Tell(int node, ILetter letter) => _post.Send(node, Parcel.NodeNumber, letter, Self);

    void INodeEffects.Tell(ConnectionUid to, ILetter letter) => _post.Send(to.Node, to.Number, letter, Self);

    void INodeEffects.Tell(AddressUid to, ILetter letter) => _post.Send(to.Node, to.Number, letter, Self);

    void INodeEffects.Give(AddressUid to, Roll roll) => _post.Tell(to, roll, Self);

    void INodeEffects.TakeRollFrom(AddressUid address) => _post.Tell(address, RollOver.Instance, Self);

    void INodeEffects.Removed(int node)
    {
        _post.Remove(node);
        _post.TellConnections(new NodeRemoved(node), Self);
    }

    void INodeEffects.Lost(int node) => _post.TellAddresses(new NodeLost(node), Self);

    void INodeEffects.LeaseUntil(long until) => _lease.RunUntil(until);

    void INodeEffects.LeaseOver()
    {
        _log.Error("The lease of this node has run out: it was cut off from the others, or stood still, for too long. It ends.");
        _lease.End();
    }

    void INodeEffects.Conflict(ReservationName name) =>
        _log.Error("Two reservations of one address have met, and {0} gave way. This should never happen: please report it.", name);

    private bool Take(object message)
    {
        switch (message)
        {
            case Parcel parcel:
                _post.Deliver(parcel); // from a node that does not know bags
                break;
            case ILetter letter when letter is not (OperatorQuestion or OperatorAnswer):
                _state.Receive(letter, Now);
                break;
            case Undeliverable undeliverable:
                _state.Receive(undeliverable, Now);
                break;
            case Unsendable unsendable:
                _state.Receive(unsendable, Now);
                break;
            case GivenBack givenBack:
                _state.Receive(givenBack, Now);
                break;
            case LinkBroken broken:
                _state.Receive(broken, Now);
                break;
            case ConnectionEnded ended:
                _state.Receive(ended, Now);
                break;
            case AddressStarted started:
                _state.Receive(started, Now);
                break;
            case AddressEnded ended:
                _state.Receive(ended, Now);
                break;
            case StandingChanged change:
                _state.Receive(change, Now);
                break;
            case Digest digest:
                _state.Receive(digest, Now);
                break;
            case Tick:
                _tickAt = long.MaxValue;
                _state.Tick(Now);
                break;
            case ClusterEvent.CurrentClusterState state:
                MembersChanged(snapshot => snapshot.Start(state));
                break;
            case ClusterEvent.IClusterDomainEvent change:
                MembersChanged(snapshot => snapshot.Apply(change));
                break;
            default:
                return TakeQuestion(message);
        }

        return true;
    }

    private bool TakeQuestion(object message)
    {
        switch (message)
        {
            case TakeLeave:
                _leaving.Add(Sender);
                break;
            case AskStatus:
                Sender.Tell(Status());
                break;
            case AskStandings:
                Sender.Tell(new Standings(_state.Standings));
                break;
            case OperatorQuestion or OperatorAnswer or AskNodes:
                _desk.Forward(message); // it may take its time
                break;
            default:
                return false;
        }

        return true;
    }

    private void Leave()
    {
        _state.SayFarewell(Now);
        if (!_state.IsFarewellHeard)
            return;

        _leaving.ForEach(asker => asker.Tell(LeaveTaken.Instance));
        _leaving.Clear();
    }

    private void MembersChanged(Action<ClusterSnapshot> change)
    {
        change(_snapshot);
        foreach (var member in _snapshot.Members)
        {
            if (member.UniqueAddress.Uid != _post.Node && !_post.Knows(member.UniqueAddress.Uid))
                Reach(member);
        }

        _state.MembersAre(_snapshot.ToNodeMembers(), Now);
    }

    private void Reach(Member member)
    {
        var takesBags = Messages.Wire.ContractVersion.HasBags(member.AppVersion);
        var path = new RootActorPath(member.Address) / "user" / Name;
        var there = ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(takesBags ? path / LaneEnd.Name : path);
        _post.Add(member.UniqueAddress.Uid, there, takesBags);
    }

    private NodeStatus Status() => new(
        _post.Node, _cluster.SelfMember.Status.ToString(), _lease.IsHeld, _post.Connections, _state.Reservations, _state.Members, _state.ShardsCalled);
}
