using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Simulation;

/// <summary>The shell of an <see cref="AddressState"/>.</summary>
internal sealed class SimAddress : SimActor, IAddressEffects
{
    private static readonly object StopMessage = new();
    private readonly SimNode _node;
    private readonly SimShard _shard;
    private readonly long _number;
    private readonly AddressState _state;
    private SimAlarm _alarm = SimAlarm.Off;
    private bool _passivating;
    private bool _ended;

    public SimAddress(SimNode node, SimShard shard, string key)
    {
        (_node, _shard, Key) = (node, shard, key);
        _number = node.Register(this);
        _state = new AddressState(key, new AddressUid(node.Uid, _number), this);
    }

    public override SimNode Node => _node;

    public string Key { get; }

    /// <summary>From its shard: a request.</summary>
    public void Tell(IAddressRequest request) => _node.TellHere(this, _number, request);

    /// <summary>From its shard: it is to end.</summary>
    public void TellStop() => _node.TellHere(this, _number, StopMessage);

    public override void Handle(object? message, long number)
    {
        if (_ended)
        {
            // What was for a shard that moves is lost; a letter finds nobody under the number.
            if (message is ILetter late)
                _node.Handle(late, _number);
            return;
        }

        if (ReferenceEquals(message, StopMessage))
        {
            End();
            return;
        }

        if (ReferenceEquals(message, SimAlarm.Message) && !_alarm.Rings(number))
            return;

        if (_node.World.Trace is not null && message is not LinkFrame)
            _node.World.Note($"address {_node.Uid}.{_number} '{_node.World.Addresses.TextOf(Key)}' takes {(ReferenceEquals(message, SimAlarm.Message) ? "alarm" : Brief.Of(message))}");
        switch (message)
        {
            case IAddressRequest request when _passivating:
                _shard.Take(0, request);
                return;
            case IAddressRequest request:
                _state.Receive(request, _node.Now);
                break;
            case ILetter letter:
                _state.Receive(letter, _node.Now);
                break;
            case Roll roll:
                _state.Take(roll, _node.Now);
                break;
            case RollOver:
                _state.RollOver();
                break;
            case NodeLost lost:
                _state.NodeLost(lost.Node, _node.Now);
                break;
            case NodeRemoved:
                return;
            default:
                if (_node.Now >= _state.Due)
                    _state.Tick(_node.Now);
                break;
        }

        _alarm.Set(_state.Due, this, _node);
        if (_state.IsEmpty && !_passivating)
        {
            _passivating = true;
            _shard.Passivate(this);
        }
    }

    void IAddressEffects.Tell(ConnectionUid to, ILetter letter)
    {
        if (letter is Denied)
            _node.World.Met(Met.ContenderDeniedAfterQuestion);
        _node.Post(_number, to.Node, to.Number, letter);
    }

    void IAddressEffects.Tell(int node, ILetter letter)
    {
        if (letter is HoldQuestion { Contender: null })
            _node.World.Met(Met.GrantConfirmedLate);
        _node.Post(_number, node, Parcel.NodeNumber, letter);
    }

    void IAddressEffects.AskForRoll() => _node.TellNode(new AddressStarted(Key, new AddressUid(_node.Uid, _number)));

    void IAddressEffects.Changed(ReservationName name, bool stands) => _node.TellNode(new StandingChanged(Key, name, stands));

    private void End()
    {
        _ended = true;
        _node.Unregister(_number);
        _state.Stop();
        _node.TellNode(new AddressEnded(Key, new AddressUid(_node.Uid, _number), _state.EmptyBy));
        _shard.HasStopped(this);
    }
}
