using System.Runtime.Serialization;
using Google.Protobuf;

namespace Signaling.Actors.Messages.Wire;

/// <summary>Letters on their way out.</summary>
internal static class ParcelWriter
{
    public static Parcel Write(Messages.Parcel parcel)
    {
        var wire = new Parcel { Node = parcel.Node, Number = parcel.Number };
        switch (parcel.Letter)
        {
            case Messages.LinkFrame m:
                wire.Frame = new LinkFrame
                {
                    Link = m.Link.ToWire(),
                    From = m.From.ToWire(),
                    // Safe: the bytes are written out before anyone else can touch them.
                    Data = UnsafeByteOperations.UnsafeWrap(m.Data),
                    More = m.More,
                };
                break;
            case Messages.LinkEnd m:
                wire.End = new LinkEnd { Link = m.Link.ToWire(), From = m.From.ToWire() };
                break;
            case Messages.Offer m:
                wire.Offer = new Offer { Link = m.Link.ToWire(), Host = m.Host.ToWire(), Relay = m.Relay.ToWire() };
                break;
            case Messages.Accepted m:
                wire.Accepted = new Accepted { Link = m.Link.ToWire(), Acceptor = m.Acceptor.ToWire(), Relay = m.Relay.ToWire() };
                break;
            case Messages.Confirmed m:
                wire.Confirmed = new Confirmed { Link = m.Link.ToWire() };
                break;
            case Messages.Refused m:
                wire.Refused = new Refused { Link = m.Link.ToWire() };
                break;
            default:
                WriteReservationLetter(parcel.Letter, wire);
                break;
        }

        return wire;
    }

    private static void WriteReservationLetter(ILetter letter, Parcel wire)
    {
        switch (letter)
        {
            case Messages.Granted m:
                wire.Granted = new Granted
                {
                    Key = m.Key,
                    Reservation = m.Reservation.ToWire(),
                    Skip = m.Skip,
                    Total = m.Total,
                };
                foreach (var name in m.Earlier)
                    wire.Granted.Earlier.Add(name.ToWire());
                break;
            case Messages.Denied m:
                wire.Denied = new Denied { Reservation = m.Reservation.ToWire() };
                break;
            case Messages.HoldQuestion m:
                wire.HoldQuestion = new HoldQuestion
                {
                    Held = m.Held.ToWire(),
                    Contender = m.Contender.ToWire(),
                    Asker = m.Asker.ToWire(),
                };
                break;
            case Messages.HoldAnswer m:
                wire.HoldAnswer = new HoldAnswer
                {
                    Held = m.Held.ToWire(),
                    Contender = m.Contender.ToWire(),
                    Stands = m.Stands,
                };
                break;
            default:
                throw new SerializationException($"{letter.GetType().Name} does not travel between nodes.");
        }
    }
}
