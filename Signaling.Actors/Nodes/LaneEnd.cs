using Akka.Actor;
using Signaling.Actors.Dispatch;
using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>
/// Where the lanes of the other nodes end: gives each letter of a bag to its receiver. It is the NodeActor's child, so that no
/// letter comes through that the NodeActor, which answers for those who are gone, can't answer.
/// </summary>
public sealed class LaneEnd : UntypedActor
{
    /// <summary>Its name under the NodeActor, the same on every node, so that the others find it.</summary>
    public const string Name = "lanes";

    private readonly NodePost _post;

    /// <summary>Made by <see cref="Props"/>.</summary>
    public LaneEnd(NodePost post) => _post = post;

    /// <summary>How to make one.</summary>
    /// <param name="post">The node's post.</param>
    public static Props Props(NodePost post) => Akka.Actor.Props.Create(() => new LaneEnd(post)).WithDispatcher(ChainDispatcher.Name);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is not Bag bag)
        {
            Unhandled(message);
            return;
        }

        foreach (var parcel in bag.Parcels)
            _post.Deliver(parcel);
    }
}
