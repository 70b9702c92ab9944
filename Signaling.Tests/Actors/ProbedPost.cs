using Akka.Actor;
using Signaling.Actors.Messages;

namespace Signaling.Tests.Actors;

/// <summary>A letter that was posted.</summary>
internal sealed record Posted(int Node, long Number, string Letter);

/// <summary>A number that was given back.</summary>
internal sealed record Unregistered(long Number);

/// <summary>What the NodeActor of the node was told.</summary>
internal sealed record NodeTold(string Message)
{
    public NodeTold(object message)
        : this(MessageText.Of(message))
    {
    }
}

/// <summary>A post that delivers nothing and tells a probe what it was given.</summary>
internal sealed class ProbedPost(IActorRef probe) : IPost
{
    private long _last;

    public int Node => 1;

    /// <summary>What the NodeActor does when it is told something.</summary>
    public Action<object, IActorRef>? WhenNodeIsTold { get; init; }

    public ConnectionUid RegisterConnection(IActorRef actor) => new(Node, Interlocked.Increment(ref _last));

    public AddressUid RegisterAddress(IActorRef actor) => new(Node, Interlocked.Increment(ref _last));

    public void Unregister(long number) => probe.Tell(new Unregistered(number), ActorRefs.NoSender);

    public void Send(int node, long number, ILetter letter, IActorRef sender) =>
        probe.Tell(new Posted(node, number, MessageText.Of(letter)), sender);

    public void TellNode(object message, IActorRef sender)
    {
        probe.Tell(new NodeTold(message), sender);
        WhenNodeIsTold?.Invoke(message, sender);
    }
}
