using System.Runtime.InteropServices;
using System.Runtime.Serialization;

namespace Signaling.Actors.Messages.Wire;

/// <summary>Letters on their way in.</summary>
internal static class ParcelReader
{
    public static Messages.Parcel Read(Parcel wire) => new(wire.Node, wire.Number, ReadLetter(wire));

    private static ILetter ReadLetter(Parcel wire) => wire.LetterCase switch
    {
        Parcel.LetterOneofCase.Frame => Read(wire.Frame),
        Parcel.LetterOneofCase.End => new Messages.LinkEnd(wire.End.Link.FromWire(), wire.End.From.FromWire()),
        Parcel.LetterOneofCase.Offer => Read(wire.Offer),
        Parcel.LetterOneofCase.Accepted => Read(wire.Accepted),
        Parcel.LetterOneofCase.Confirmed => new Messages.Confirmed(wire.Confirmed.Link.FromWire()),
        Parcel.LetterOneofCase.Refused => new Messages.Refused(wire.Refused.Link.FromWire()),
        Parcel.LetterOneofCase.Granted => Read(wire.Granted),
        Parcel.LetterOneofCase.Denied => new Messages.Denied(wire.Denied.Reservation.FromWire()),
        Parcel.LetterOneofCase.HoldQuestion => Read(wire.HoldQuestion),
        Parcel.LetterOneofCase.HoldAnswer => Read(wire.HoldAnswer),
        _ => throw new SerializationException(
            "A parcel holds no letter that this version knows. Does a node of a much newer version take part?"),
    };

    private static Messages.LinkFrame Read(LinkFrame m)
    {
        // The parser has just made this array for nobody else, so the receiver may write into it.
        var data = MemoryMarshal.AsMemory(m.Data.Memory);
        return new Messages.LinkFrame(m.Link.FromWire(), m.From.FromWire(), data, m.More);
    }

    private static Messages.Offer Read(Offer m) => new(m.Link.FromWire(), m.Host.FromWire(), m.Relay.FromWire());

    private static Messages.Accepted Read(Accepted m) => new(m.Link.FromWire(), m.Acceptor.FromWire(), m.Relay.FromWire());

    private static Messages.Granted Read(Granted m)
    {
        var earlier = new ReservationName[m.Earlier.Count];
        for (var i = 0; i < earlier.Length; i++)
            earlier[i] = m.Earlier[i].FromWire();
        return new Messages.Granted(m.Key, m.Reservation.FromWire(), earlier, m.Skip, m.Total);
    }

    private static Messages.HoldQuestion Read(HoldQuestion m) =>
        new(m.Held.FromWire(), m.Contender.FromWire(), m.Asker.FromWire());

    private static Messages.HoldAnswer Read(HoldAnswer m) => new(m.Held.FromWire(), m.Contender.FromWire(), m.Stands);
}
