namespace Signaling.Actors.Messages.Wire;

/// <summary>Letters about links on their way out and in, but for the frequent ones: see <see cref="FrequentLetterWire"/>.</summary>
internal static class LinkLetterWire
{
    /// <summary>Puts a letter into a parcel.</summary>
    /// <returns>Whether it is one of these.</returns>
    public static bool TryWrite(ILetter letter, Parcel wire)
    {
        switch (letter)
        {
            case Messages.LinkEnd m:
                wire.End = new LinkEnd { Link = m.Link.ToWire(), From = m.From.ToWire(), To = m.To.ToWire(), Number = m.Number };
                return true;
            case Messages.LinkGone m:
                wire.Gone = new LinkGone { Link = m.Link.ToWire(), From = m.From.ToWire(), To = m.To.ToWire() };
                return true;
            case Messages.Offer m:
                wire.Offer = new Offer { Link = m.Link.ToWire(), Host = m.Host.ToWire(), Relay = m.Relay.ToWire() };
                return true;
            case Messages.Accepted m:
                wire.Accepted = new Accepted { Link = m.Link.ToWire(), Acceptor = m.Acceptor.ToWire(), Relay = m.Relay.ToWire() };
                return true;
            case Messages.Confirmed m:
                wire.Confirmed = new Confirmed { Link = m.Link.ToWire() };
                return true;
            case Messages.Refused m:
                wire.Refused = new Refused { Link = m.Link.ToWire() };
                return true;
            case Messages.RelayStopped m:
                wire.RelayStopped = new RelayStopped { Link = m.Link.ToWire() };
                return true;
            default:
                return false;
        }
    }

    /// <summary>The letter in a parcel; null where it is none of these.</summary>
    public static ILetter? Read(Parcel wire) => wire.LetterCase switch
    {
        Parcel.LetterOneofCase.End => Read(wire.End),
        Parcel.LetterOneofCase.Gone => Read(wire.Gone),
        Parcel.LetterOneofCase.Offer => Read(wire.Offer),
        Parcel.LetterOneofCase.Accepted => Read(wire.Accepted),
        Parcel.LetterOneofCase.Confirmed => new Messages.Confirmed(wire.Confirmed.Link.FromWire()),
        Parcel.LetterOneofCase.Refused => new Messages.Refused(wire.Refused.Link.FromWire()),
        Parcel.LetterOneofCase.RelayStopped => new Messages.RelayStopped(wire.RelayStopped.Link.FromWire()),
        _ => null,
    };

    private static Messages.LinkEnd Read(LinkEnd m) => new(m.Link.FromWire(), m.From.FromWire(), m.To.FromWire(), m.Number);

    private static Messages.LinkGone Read(LinkGone m) => new(m.Link.FromWire(), m.From.FromWire(), m.To.FromWire());

    private static Messages.Offer Read(Offer m) => new(m.Link.FromWire(), m.Host.FromWire(), m.Relay.FromWire());

    private static Messages.Accepted Read(Accepted m) => new(m.Link.FromWire(), m.Acceptor.FromWire(), m.Relay.FromWire());
}
