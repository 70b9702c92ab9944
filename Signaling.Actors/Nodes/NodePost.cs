using System.Collections.Concurrent;
using Akka.Actor;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// The post of one node: it numbers the node's connections and addresses, and has a lane to each other node.
/// </summary>
/// <param name="node">The uid of this node.</param>
public sealed class NodePost(int node) : IPost
{
    private readonly ConcurrentDictionary<long, IActorRef> _connections = new();
    private readonly ConcurrentDictionary<long, IActorRef> _addresses = new();
    private readonly ConcurrentDictionary<int, Lane> _lanes = new();
    private volatile IActorRef? _nodeActor;
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
        else if (_lanes.TryGetValue(node, out var lane))
            lane.Add(new Parcel(node, number, letter));
        else
            TellNode(new Unsendable(node, number, letter), sender);
    }

    /// <inheritdoc/>
    public void TellNode(object message, IActorRef sender) => _nodeActor?.Tell(message, sender);

    /// <summary>Hands what has come from another node to its receiver here, or to the NodeActor where there is none.</summary>
    public void Deliver(Parcel parcel)
    {
        if (parcel.Node == Node)
            Deliver(parcel.Number, parcel.Letter, ActorRefs.Nobody);
        else // meant for an earlier process at this node's host and port
            TellNode(new Undeliverable(parcel.Node, parcel.Number, parcel.Letter), ActorRefs.Nobody);
    }

    /// <summary>Whether another node can be reached.</summary>
    public bool Knows(int node) => _lanes.ContainsKey(node);

    /// <summary>Names the NodeActor of this node.</summary>
    public void Open(IActorRef nodeActor) => _nodeActor = nodeActor;

    /// <summary>Makes another node reachable.</summary>
    /// <param name="node">Its uid.</param>
    /// <param name="there">Its <see cref="LaneEnd"/>; its NodeActor where it does not take bags.</param>
    /// <param name="takesBags">Whether it reads bags.</param>
    public void Add(int node, IActorRef there, bool takesBags) => _lanes[node] = new Lane(there, takesBags);

    /// <summary>Forgets a node that has been removed: whatever it would still hear or say counts for nothing.</summary>
    public void Remove(int node) => _lanes.TryRemove(node, out _);

    /// <summary>Tells one life of an address of this node something local. If it is gone, nobody misses it.</summary>
    public void Tell(AddressUid address, object message, IActorRef sender)
    {
        if (_addresses.TryGetValue(address.Number, out var actor))
            actor.Tell(message, sender);
    }

    /// <summary>A connection of this node; null: it is not here.</summary>
    public IActorRef? ConnectionOf(ConnectionUid connection) => connection.Node == Node ? _connections.GetValueOrDefault(connection.Number) : null;

    /// <summary>Tells every connection of this node.</summary>
    public void TellConnections(object message, IActorRef sender) => TellAll(_connections, message, sender);

    /// <summary>Tells every address of this node.</summary>
    public void TellAddresses(object message, IActorRef sender) => TellAll(_addresses, message, sender);

    private void Deliver(long number, ILetter letter, IActorRef sender)
    {
        if (number == Parcel.NodeNumber)
            TellNode(letter, sender);
        else if (Find(number) is { } actor)
            actor.Tell(letter, sender);
        else
            TellNode(new Undeliverable(Node, number, letter), sender);
    }

    private static void TellAll(ConcurrentDictionary<long, IActorRef> actors, object message, IActorRef sender)
    {
        foreach (var (_, actor) in actors)
            actor.Tell(message, sender);
    }

    private IActorRef? Find(long number) =>
        _connections.TryGetValue(number, out var connection) ? connection : _addresses.GetValueOrDefault(number);
}
