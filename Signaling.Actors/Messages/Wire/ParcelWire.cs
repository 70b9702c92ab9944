using System.Runtime.Serialization;

namespace Signaling.Actors.Messages.Wire;

/// <summary>Letters in their parcels on their way out and in.</summary>
internal static class ParcelWire
{
    public static Parcel Write(Messages.Parcel parcel)
    {
        var wire = new Parcel { Node = parcel.Node, Number = parcel.Number };
        var letter = parcel.Letter;
        if (!LinkLetterWire.TryWrite(letter, wire) && !ReservationLetterWire.TryWrite(letter, wire) && !NodeLetterWire.TryWrite(letter, wire))
            throw new SerializationException($"{letter.GetType().Name} does not travel between nodes.");
        return wire;
    }

    public static Messages.Parcel Read(Parcel wire)
    {
        var letter = LinkLetterWire.Read(wire) ?? ReservationLetterWire.Read(wire) ?? NodeLetterWire.Read(wire);
        return letter is null
            ? throw new SerializationException("A parcel holds no letter that this version knows. Is a node of a much newer version a member?")
            : new Messages.Parcel(wire.Node, wire.Number, letter);
    }
}
