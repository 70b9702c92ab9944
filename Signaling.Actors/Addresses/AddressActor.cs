using Akka.Actor;
using Akka.Cluster.Sharding;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <summary>
/// An address: the shell of an <see cref="AddressState"/>, one sharded entity per app and address. It asks its shard
/// to let it end when it holds nothing.
/// </summary>
public sealed class AddressActor : UntypedActor, IAddressEffects
{
    private readonly IPost _post;
    private readonly AddressUid _uid;
    private readonly AddressState _state;
    private ICancelable? _tick;
    private bool _passivating;

    /// <summary>Made by <see cref="Props"/>.</summary>
    public AddressActor(string key, IPost post)
    {
        _post = post;
        _uid = new AddressUid(post.Node, post.Register(Self));
        _state = new AddressState(key, _uid, this);
    }

    private static long Now => (long)Context.System.Scheduler.MonotonicClock.TotalMilliseconds;

    /// <summary>How to make one.</summary>
    /// <param name="key">The address' key, which is the entity's id.</param>
    /// <param name="post">Delivers its letters.</param>
    public static Props Props(string key, IPost post) => Akka.Actor.Props.Create(() => new AddressActor(key, post));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case IAddressRequest when _passivating:
                // What was granted now would be lost with this life. Behind the passivation, the shard keeps it for the next.
                Context.Parent.Forward(message);
                return;
            case IAddressRequest request:
                _state.Receive(request, Now);
                break;
            case ILetter letter:
                _state.Receive(letter, Now);
                break;
            case Tick:
                _tick = null;
                _state.Tick(Now);
                break;
            case NodeLost lost:
                _state.NodeLost(lost.Node);
                break;
            case AddressStop:
                Context.Stop(Self);
                return;
            default:
                Unhandled(message);
                return;
        }

        if (_state.NeedsTick && _tick is null)
        {
            _tick = Context.System.Scheduler.ScheduleTellOnceCancelable(
                TimeSpan.FromMilliseconds(AddressState.QuestionTimeout), Self, Tick.Instance, Self);
        }

        if (_state.IsEmpty && !_passivating)
        {
            _passivating = true;
            Context.Parent.Tell(new Passivate(AddressStop.Instance));
        }
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _tick?.Cancel();
        _post.Unregister(_uid.Number);
    }

    void IAddressEffects.Tell(ConnectionUid to, ILetter letter) => _post.Send(to.Node, to.Number, letter, Self);
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
