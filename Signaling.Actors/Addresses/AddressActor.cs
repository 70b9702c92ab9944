using Akka.Actor;
using Akka.Cluster.Sharding;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>
/// An address: the shell of an <see cref="AddressState"/>, one sharded entity per app and address. It asks its shard
/// to let it end when it holds nothing.
/// </summary>
public sealed class AddressActor : UntypedActor, IAddressEffects
{
    private static readonly Props Kind = LeanProps.Of<AddressActor>();

    private readonly string _key;
    private readonly IPost _post;
    private readonly ILease _lease;
    private readonly AddressUid _uid;
    private readonly AddressState _state;
    private Alarm _alarm;
    private bool _passivating;

    /// <summary>Made by <see cref="Props"/>.</summary>
    public AddressActor(string key, IPost post, ILease lease)
    {
        _key = key;
        _post = post;
        _lease = lease;
        _uid = post.RegisterAddress(Self);
        _state = new AddressState(key, _uid, this);
    }

    /// <summary>How to make one.</summary>
    /// <param name="key">The address' key, which is the entity's id.</param>
    /// <param name="post">Delivers its letters.</param>
    /// <param name="lease">The node's right to serve.</param>
    public static Props Props(string key, IPost post, ILease lease) =>
        new LeanProps<(string Key, IPost Post, ILease Lease)>(
            Kind, static its => new AddressActor(its.Key, its.Post, its.Lease), (key, post, lease));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is AddressStop)
            Context.Stop(Self);
        if (message is AddressStop || !_lease.IsHeld)
            return;

        var now = Alarm.NowOf(Context);
        switch (message)
        {
            case IAddressRequest when _passivating:
                // What was granted now would be lost with this life. Behind the passivation, the shard keeps it for the next.
                Context.Parent.Forward(message);
                return;
            case Digest digest:
                _post.TellNode(digest, Self);
                break;
            case IAddressRequest request:
                _state.Receive(request, now);
                break;
            case ILetter letter:
                _state.Receive(letter, now);
                break;
            case Tick:
                _alarm.HasRung();
                _state.Tick(now);
                break;
            case Roll roll:
                _state.Take(roll, now);
                break;
            case RollOver:
                _state.RollOver();
                break;
            case NodeLost lost:
                _state.NodeLost(lost.Node, now);
                break;
            default:
                Unhandled(message);
                return;
        }

        _alarm.Set(_state.Due, now, Context);
        if (_state.IsEmpty && !_passivating)
        {
            _passivating = true;
            Context.Parent.Tell(new Passivate(AddressStop.Instance));
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _alarm.Cancel();
        _post.Unregister(_uid.Number);
        _state.Stop();
        if (!Shards.IsKeyOfShard(_key))
            _post.TellNode(new AddressEnded(_key, _uid, _state.EmptyBy), Self);
    }

    void IAddressEffects.Tell(ConnectionUid to, ILetter letter) => _post.Send(to.Node, to.Number, letter, Self);

    void IAddressEffects.Tell(int node, ILetter letter) => _post.Send(node, Parcel.NodeNumber, letter, Self);

    void IAddressEffects.AskForRoll() => _post.TellNode(new AddressStarted(_key, _uid), Self);

    void IAddressEffects.Changed(ReservationName name, bool stands) => _post.TellNode(new StandingChanged(_key, name, stands), Self);
}

/// <summary>Ends an address: its shard moves to another node, or the address holds nothing. Local.</summary>
public sealed class AddressStop : INoSerializationVerificationNeeded
{
    /// <summary>The only one.</summary>
    public static readonly AddressStop Instance = new();

    private AddressStop()
    {
    }
}
