using Akka.Actor;
using Akka.Cluster.Sharding;
using Signaling.Actors.Addresses;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors.Addresses;

/// <summary>
/// Stands in for the region and its shards: one child per entity, and passivation as sharding does it: what comes for
/// an address that is about to end waits for its next life.
/// </summary>
internal sealed class TestShard(IPost post, ILease lease) : UntypedActor
{
    private readonly AddressExtractor _extractor = new();
    private readonly Dictionary<IActorRef, List<(object Message, IActorRef Sender)>> _ending = [];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Passivate passivate when _ending.TryAdd(Sender, []):
                Sender.Tell(passivate.StopMessage);
                break;
            case Terminated ended when _ending.Remove(ended.ActorRef, out var waiting):
                foreach (var (request, sender) in waiting)
                    Deliver(request, sender);
                break;
            default:
                Deliver(message, Sender);
                break;
        }
    }

    private void Deliver(object message, IActorRef sender)
    {
        if (_extractor.EntityId(message) is not { } key)
        {
            Unhandled(message);
            return;
        }

        var child = Context.Child(key);
        if (child.IsNobody())
            child = Context.Watch(Context.ActorOf(AddressActor.Props(key, post, lease), key));

        if (_ending.TryGetValue(child, out var waiting))
            waiting.Add((message, sender));
        else
            child.Tell(message, sender);
    }
}
