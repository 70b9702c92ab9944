using Signaling.Actors.Messages;
using Signaling.Actors.Nodes;

namespace Signaling.Tests.Simulation;

/// <summary>What comes of the inputs of one NodeState, and which branches of the design that shows.</summary>
internal sealed class SimNodeEffects(SimNode node) : INodeEffects
{
    private readonly HashSet<(string Key, ReservationName Name)> _released = [];
    private readonly Dictionary<(int Node, int Shard), Incarnation> _calls = [];
    private object? _input;
    private bool _answered;
    private bool _rollTaken;

    private World World => node.World;

    public void Begin(object input) => (_input, _answered, _rollTaken) = (input, false, false);

    public void Done()
    {
        switch (_input)
        {
            case Granted when !_answered:
                World.Met(Met.StaleGrantIgnored);
                break;
            case Digest when _rollTaken:
                World.Met(Met.DigestReRoll);
                break;
        }

        _input = null;
    }

    public void Request(IAddressRequest request)
    {
        if (request is Release release && !_released.Add((release.Key, release.Reservation)))
            World.Met(Met.ReleaseRepeated);
        node.Region.Request(0, request);
    }

    public void Tell(int to, ILetter letter)
    {
        Watch(to, letter);
        node.Post(0, to, Parcel.NodeNumber, letter);
    }

    public void Tell(ConnectionUid to, ILetter letter)
    {
        _answered |= letter is Granted;
        if (letter is LinkGone)
            World.Met(Met.GoneAnswered);
        node.Post(0, to.Node, to.Number, letter);
    }

    public void Tell(AddressUid to, ILetter letter)
    {
        _answered |= letter is HoldAnswer;
        if (letter is HoldAnswer { Stands: false } && _input is HoldQuestion or Undeliverable { Letter: HoldQuestion })
            World.Met(Met.HoldQuestionAnsweredGone);
        if (letter is HoldAnswer { Stands: false } && _input is Granted)
            World.Met(Met.GrantReturned);
        node.Post(0, to.Node, to.Number, letter);
    }

    public void Give(AddressUid to, Roll roll) => TellHere(to.Number, roll);

    public void TakeRollFrom(AddressUid address)
    {
        _rollTaken = true;
        World.Met(Met.RollOver);
        TellHere(address.Number, Signaling.Actors.Messages.RollOver.Instance);
    }

    public void Removed(int other)
    {
        World.Removed(node, other);
        var message = new NodeRemoved(other);
        foreach (var (number, actor) in node.Here)
            node.TellHere(actor, number, message);
    }

    public void Lost(int other)
    {
        World.Lost(node, other);
        var message = new NodeLost(other);
        foreach (var (number, actor) in node.Here)
            node.TellHere(actor, number, message);
    }

    public void LeaseUntil(long until) => node.LeaseUntil = until == long.MaxValue ? until : until - node.Clock;

    public void LeaseOver()
    {
        World.Met(Met.LeaseEnded);
        node.End("its lease is over");
    }

    public void Conflict(ReservationName name) => throw new InvariantException("I1", $"{name} had to give way to another.");

    private void Watch(int to, ILetter letter)
    {
        switch (letter)
        {
            case RollCall call:
                World.Met(_calls.TryGetValue((to, call.Shard), out var last) && last == call.Incarnation ? Met.RollCallRepeated : Met.RollCalled);
                _calls[(to, call.Shard)] = call.Incarnation;
                if (_input is RollRefused)
                    World.Met(Met.RollCalledAboveRefusal);
                World.LastRollCall = World.Now;
                break;
            case RollRefused:
                World.Met(Met.RollCallRefused);
                break;
            case BrokenLinks:
                World.Met(Met.UnconfirmedEndHandedOver);
                break;
        }
    }

    private void TellHere(long number, object message)
    {
        if (node.Here.TryGetValue(number, out var actor))
            node.TellHere(actor, number, message);
    }
}
