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
            // What went to an address that is gone comes again, straight.
            case LinkFrame frame when frame.To == gone:
                effects.Tell(frame.From, new LinkGone(frame.Link, frame.To, frame.From));
                break;
            case LinkEnd end when end.To == gone:
                effects.Tell(end.From, new LinkGone(end.Link, end.To, end.From));
                break;
            case Accepted accepted:
                effects.Tell(accepted.Acceptor, new LinkGone(accepted.Link, accepted.Link.Initiator, accepted.Acceptor));
                break;
            case Offer offer:
                effects.Tell(offer.Relay, new Refused(offer.Link));
                break;
            case Granted granted:
                effects.Tell(granted.Granter, new HoldAnswer(granted.Standing.Name, Contender: null, Stands: false));
                break;
            case HoldQuestion question:
                effects.Tell(question.Asker, new HoldAnswer(question.Held, question.Contender, Stands: false));
                break;
        }
    }
}
