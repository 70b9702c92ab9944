using System.Collections.Concurrent;
using Akka.Actor;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The post of one node: it numbers the node's connections and addresses and knows the NodeActors of all nodes.
/// </summary>
/// <param name="node">The uid of this node.</param>
public sealed class NodePost(int node) : IPost
{
    private readonly ConcurrentDictionary<long, IActorRef> _connections = new();
    private readonly ConcurrentDictionary<long, IActorRef> _addresses = new();
    private readonly ConcurrentDictionary<int, IActorRef> _nodes = new();
    private long _last = Parcel.NodeNumber;

    /// <inheritdoc/>
    public int Node { get; } = node;

    /// <summary>How many connections there are. Looking takes a lock.</summary>
    public int Connections => _connections.Count;

    /// <inheritdoc/>
    public ConnectionUid RegisterConnection(IActorRef actor)
    {
        var number = Interlocked.Increment(ref _last);
        _connections[number] = actor;
        return new ConnectionUid(Node, number);
    }

    /// <inheritdoc/>
    public AddressUid RegisterAddress(IActorRef actor)
    {
        var number = Interlocked.Increment(ref _last);
        _addresses[number] = actor;
        return new AddressUid(Node, number);
    }

    /// <inheritdoc/>
    public void Unregister(long number)
    {
        if (!_connections.TryRemove(number, out _))
            _addresses.TryRemove(number, out _);
    }

    /// <inheritdoc/>
    public void Send(int node, long number, ILetter letter, IActorRef sender)
    {
        if (node == Node)
            Deliver(number, letter, sender);
        else if (_nodes.TryGetValue(node, out var there))
            there.Tell(new Parcel(node, number, letter), sender);
        else
            TellNode(new Unsendable(node, number, letter), sender);
    }

    /// <inheritdoc/>
    public void TellNode(object message, IActorRef sender)
    {
        if (_nodes.TryGetValue(Node, out var self))
            self.Tell(message, sender);
    }

    /// <summary>Hands a letter to its receiver on this node, or to the NodeActor where there is none.</summary>
    public void Deliver(long number, ILetter letter, IActorRef sender)
    {
        if (Find(number) is { } actor)
            actor.Tell(letter, sender);
        else if (_nodes.TryGetValue(Node, out var self))
            self.Tell(number == Parcel.NodeNumber ? letter : new Undeliverable(Node, number, letter), sender);
    }

    /// <summary>Whether a node can be reached.</summary>
    public bool Knows(int node) => _nodes.ContainsKey(node);

    /// <summary>Makes a node reachable, this one included.</summary>
    /// <param name="node">Its uid.</param>
    /// <param name="nodeActor">Its NodeActor.</param>
    public void Add(int node, IActorRef nodeActor) => _nodes[node] = nodeActor;

    /// <summary>Forgets a node that has been removed: whatever it would still hear or say counts for nothing.</summary>
    public void Remove(int node) => _nodes.TryRemove(node, out _);

    /// <summary>Tells one life of an address of this node something local. If it is gone, nobody misses it.</summary>
    public void Tell(AddressUid address, object message, IActorRef sender)
    {
        if (_addresses.TryGetValue(address.Number, out var actor))
            actor.Tell(message, sender);
    }

    /// <summary>Tells every connection of this node.</summary>
    public void TellConnections(object message, IActorRef sender) => TellAll(_connections, message, sender);

    /// <summary>Tells every address of this node.</summary>
    public void TellAddresses(object message, IActorRef sender) => TellAll(_addresses, message, sender);

    private static void TellAll(ConcurrentDictionary<long, IActorRef> actors, object message, IActorRef sender)
    {
        foreach (var (_, actor) in actors)
            actor.Tell(message, sender);
    }

    private IActorRef? Find(long number) =>
        _connections.TryGetValue(number, out var connection) ? connection : _addresses.GetValueOrDefault(number);
}
