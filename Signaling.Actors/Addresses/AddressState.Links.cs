using Signaling.Actors.Messages;

namespace Signaling.Actors.Addresses;

/// <content>How links are opened.</content>
public sealed partial class AddressState
{
    private void Take(Connect connect, long now)
    {
        var link = connect.Link;
        if (_links.TryGetHost(link, out var host))
        {
            Offer(link, host, now); // a repeat gets the answer that the first one gets
        }
        else if (_last.IsNew(link.Initiator, link.Request, out var last))
        {
            if (_reservations.TryGetOnly(out var holder) && holder.Connection != link.Initiator)
                Offer(link, holder, now);
            else
                Refuse(link, now);
        }
        else if (last.Number == link.Request && last.Outcome == Outcome.Offered)
        {
            effects.Tell(last.Host.Connection, new Offer(link, last.Host, self)); // the holder knows what has become of it
        }
        else if (last.Number == link.Request && last.Outcome == Outcome.Refused)
        {
            Refuse(link);
        }
    }

    private void Offer(LinkName link, ReservationName host, long now)
    {
        if (link.Ordinal == 0)
            _last.NoteOffer(link, host, now);
        _links.Add(link, host, now);
        effects.Tell(host.Connection, new Offer(link, host, self));
    }

    private void Refuse(LinkName link, long now)
    {
        _last.Note(link.Initiator, link.Request, Outcome.Refused, now);
        Refuse(link);
    }

    private void Refuse(LinkName link) => effects.Tell(link.Initiator, new Refused(link));
}
