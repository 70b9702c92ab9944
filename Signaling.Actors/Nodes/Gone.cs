using Signaling.Actors.Messages;

namespace Signaling.Actors.Nodes;

/// <summary>Answers letters in the place of those who are gone, as they would have answered themselves.</summary>
internal static class Gone
{
    public static void Answer(Undeliverable undeliverable, INodeEffects effects)
    {
        var gone = new ConnectionUid(undeliverable.Node, undeliverable.Number);
        switch (undeliverable.Letter)
        {
            case LinkFrame or LinkEnd when undeliverable.Letter is ILinkPart part:
                // What went to an address that is gone is to come again, straight.
                effects.Tell(part.From, part.To == gone ? new LinkGone(part.Link, part.To, part.From) : new RelayStopped(part.Link));
                break;
            case Accepted accepted:
                effects.Tell(accepted.Acceptor, new LinkGone(accepted.Link, accepted.Link.Initiator, accepted.Acceptor));
                break;
            case Confirmed confirmed:
                // The acceptance of a node that has left since came late: the link that it opened has no other end.
                effects.Tell(confirmed.Link.Initiator, new LinkGone(confirmed.Link, gone, confirmed.Link.Initiator));
                break;
            case Offer offer:
                effects.Tell(offer.Relay, new Refused(offer.Link));
                break;
            case Granted granted:
                effects.Tell(granted.Granter, new HoldAnswer(granted.Standing.Name, granted.Standing.Rank, Contender: null, Stands: false));
                break;
            case HoldQuestion question:
                effects.Tell(question.Asker, new HoldAnswer(question.Held, question.Rank, question.Contender, Stands: false));
                break;
        }
    }
}
