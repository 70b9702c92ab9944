using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>One node: it answers for the connections that it no longer has.</summary>
/// <param name="effects">What comes of each input.</param>
public sealed class NodeState(INodeEffects effects)
{
    /// <summary>Answers a letter for a connection that is gone, as the connection would have.</summary>
    public void Answer(Undeliverable undeliverable)
    {
        switch (undeliverable.Letter)
        {
            case Granted granted:
                effects.Request(new Release(granted.Key, granted.Reservation));
                break;
            case HoldQuestion question:
                effects.Tell(question.Asker, new HoldAnswer(question.Held, question.Contender, Stands: false));
                break;
            case Offer offer:
                effects.Tell(offer.Relay, new Refused(offer.Link));
                break;
            case Accepted accepted:
                effects.Tell(accepted.Relay, new LinkEnd(accepted.Link, accepted.Link.Initiator));
                break;
        }
    }
}
