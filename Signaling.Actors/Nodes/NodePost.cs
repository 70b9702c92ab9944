using System.Collections.Concurrent;
using Akka.Actor;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The post of one node: it numbers the node's connections and addresses and knows the NodeActors of the others.
/// </summary>
/// <param name="node">The uid of this node.</param>
public sealed class NodePost(int node) : IPost
{
    private readonly ConcurrentDictionary<long, IActorRef> _here = new();
    private readonly ConcurrentDictionary<int, IActorRef> _nodes = new();
    private long _last = Parcel.NodeNumber;

    /// <inheritdoc/>
    public int Node { get; } = node;

    /// <inheritdoc/>
    public long Register(IActorRef actor)
    {
        var number = Interlocked.Increment(ref _last);
        _here[number] = actor;
        return number;
    }

    /// <inheritdoc/>
    public void Unregister(long number) => _here.TryRemove(number, out _);

    /// <inheritdoc/>
    public void Send(int node, long number, ILetter letter, IActorRef sender)
    {
        if (node == Node)
            Deliver(number, letter, sender);
        else if (_nodes.TryGetValue(node, out var there))
            there.Tell(new Parcel(node, number, letter), sender);
    }

    /// <summary>Hands a letter to its receiver on this node, or to the NodeActor where there is none.</summary>
    public void Deliver(long number, ILetter letter, IActorRef sender)
    {
        if (_here.TryGetValue(number, out var actor))
            actor.Tell(letter, sender);
        else if (_here.TryGetValue(Parcel.NodeNumber, out var self))
            self.Tell(new Undeliverable(letter), sender);
    }

    /// <summary>Makes a node reachable, this one included.</summary>
    /// <param name="node">Its uid.</param>
    /// <param name="nodeActor">Its NodeActor.</param>
    public void Add(int node, IActorRef nodeActor)
    {
        if (node == Node)
            _here[Parcel.NodeNumber] = nodeActor;
        else
            _nodes[node] = nodeActor;
    }

    /// <summary>Forgets a node that has left.</summary>
    public void Remove(int node) => _nodes.TryRemove(node, out _);

    /// <summary>Tells every connection and address of this node.</summary>
    public void TellAll(object message, IActorRef sender)
    {
        foreach (var (number, actor) in _here)
        {
            if (number != Parcel.NodeNumber)
                actor.Tell(message, sender);
        }
    }
}
